"""Words by what they do in a report: ask, order, complain, answer, tell what is done."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping


ASKS = """đề nghị|kiến nghị|đề xuất|yêu cầu|mong|mong muốn|mong mỏi|rất mong|kính mong|xin|xin được|cho xin|thiết tha
|khẩn thiết|tha thiết|đề đạt|nguyện vọng|ước|ước mong|ước gì|trông|trông chờ|trông đợi|chờ mong|nhờ|kêu gọi|gửi gắm|làm ơn
|ao ước|hy vọng|kỳ vọng|muốn|thỉnh cầu|tha thiết đề nghị|kính đề nghị|trân trọng đề nghị|đòi hỏi|xin phép|xin ý kiến|xin cấp
|xin hỗ trợ|cho phép|tạo điều kiện|quan tâm|giùm|dùm|giúp|hộ|cần có|cần được|nên có|nên cho|phải được|sớm được|đừng để|phải cho
|hãy|làm sao|sao cho|giá như|nếu được"""
ORDERS = """giao|phân công|chỉ đạo|yêu cầu|chủ trì|phối hợp|khẩn trương|nghiêm túc|nghiêm|nghiêm cấm|quán triệt|chịu trách nhiệm
|rà soát|tham mưu|đôn đốc|kiểm điểm|chấn chỉnh|đình chỉ|dứt điểm|xử lý dứt điểm|báo cáo kết quả|báo cáo trước|hoàn thành trước
|lưu ý|nhắc|nhắc nhở|dặn|căn dặn|tập trung|ưu tiên|thực hiện nghiêm|tổ chức thực hiện|không được để|không để|phải xong|phải hoàn thành
|có trách nhiệm|chủ động|đề nghị các|thống nhất giao|ủy quyền|lập tổ công tác|thành lập tổ|công khai|niêm yết|theo dõi|giám sát
|kiểm tra|tăng cường|đẩy nhanh|tiếp tục|chốt|định kỳ|hằng tuần|hàng tuần|gửi về|trước ngày"""
SAYS = """cho biết|cho hay|phản ánh|nêu|nêu rõ|nói|kể|kể lại|than|than thở|than phiền|kêu|kêu ca|phàn nàn|báo cáo|chia sẻ|trình bày
|bày tỏ|phát biểu|cho rằng|nhận định|nhận xét|dẫn chứng|bức xúc|lo|lo lắng|lo ngại|trăn trở|băn khoăn|tâm tư|thừa nhận|nhìn nhận
|thông tin|thông báo|khẳng định|giải thích|lý giải|nhấn mạnh|lắc đầu|thở dài|chỉ ra|đặt vấn đề|góp ý|có ý kiến|nêu ý kiến|gợi ý|phân trần
|tâm sự|viết|ghi|hỏi|thắc mắc|phân tích|đánh giá|so sánh|ví|bộc bạch|giãi bày|tiếp lời|nói thẳng|nói thêm|cho thấy|đề cập"""
ANSWERS = """trả lời|tiếp thu|ghi nhận|giải trình|phản hồi|đáp|đáp lời|hồi âm|hồi đáp|giải đáp|làm rõ|đồng ý|nhất trí|chấp thuận|thống nhất
|sẽ|sẽ được|đang|hiện đang|dự kiến|cam kết|hứa|bảo đảm sẽ|theo quy định|căn cứ quy định|quy định tại|chưa thể|không thể|chưa xem xét|không thuộc thẩm quyền
|thuộc thẩm quyền|ngoài thẩm quyền|đã trình|đã tham mưu|đã có văn bản|đã đề nghị|đã báo cáo|đã chuyển|đã kiến nghị|đã tiếp nhận|xem xét|nghiên cứu
|chủ trương|lộ trình|sau khi|khi có|trước mắt|tạm thời|trong thời gian tới|thời gian tới|được phép|được áp dụng|không đồng ý|đang lấy ý kiến|đang hoàn thiện
|đang thẩm định|đang khảo sát|đã khảo sát|đã đưa vào|đã bố trí|đã thống nhất|đã chỉ đạo|đã giao|cân đối|phụ thuộc|chờ|tiếp tục tham mưu|sẽ trình|sẽ tham mưu"""
DONE = """đã|đã được|đạt|hoàn thành|hoàn tất|xong|làm xong|giải quyết xong|đã cấp|đã tổ chức|đã xử lý|đã chi trả|giải ngân|thành lập|tiếp nhận|vượt
|tăng|giảm|huy động|vận động|trao|trao tặng|khánh thành|đưa vào sử dụng|đi vào hoạt động|bàn giao|kết nạp|vận hành|thay|lắp|sửa|khắc phục xong|nạo vét
|trồng|trồng mới|xóa|xây dựng được|thu|thu được|thu hút|tiêm|khám|cấp phát|kiện toàn|sắp xếp xong|chuyển đổi|số hóa|tập huấn|mở được|bế giảng
|trúng thầu|nghiệm thu|phê duyệt|ban hành|ký|chi|hỗ trợ được|tháo gỡ|tháo dỡ|giải tỏa|xử phạt|thông xe|đón"""
TROUBLES = """thiếu|thiếu hụt|chưa|chưa có|chưa được|chưa đủ|không|không có|không đủ|không được|không còn|hỏng|hư|hư hỏng|hư hại|xuống cấp|chậm|chậm trễ|trễ
|quá tải|bồi lắng|bồi lấp|bồi|cạn|chật|chật hẹp|chật chội|hẹp|nhỏ hẹp|khó|khó khăn|khó thực hiện|vướng|vướng mắc|mắc|chồng chéo|bất cập|ngập|ngập úng|úng|lụt
|ô nhiễm|bốc mùi|mùi hôi|hôi|hôi thối|thối|đen|bẩn|quá hạn|hết hạn|tồn đọng|ùn ứ|ùn tắc|ách tắc|tắc|nghẹt|kẹt|lãng phí|bỏ hoang|bỏ không|bỏ trống|hoang|để không
|cũ|cũ kỹ|cũ nát|dột|dột nát|nứt|rạn nứt|nứt toác|sạt lở|sạt|lở|xói lở|xói mòn|ăn vào|lún|sụt|sụt lún|cày nát|ổ gà|ổ voi|lầy|lầy lội|trơn|bụi|bụi mù|tai nạn|ngã
|mất|mất trộm|mất điện|mất sóng|mất trắng|treo|treo máy|lỗi|báo lỗi|nghẽn|đơ|chập chờn|gián đoạn|trục trặc|rớt mạng|yếu|thấp|thấp hơn|quá thấp|tranh chấp|lấn chiếm
|trái phép|sai quy định|vi phạm|bức xúc|nguy hiểm|nguy cơ|đe dọa|mất an toàn|xa|cách xa|đi lại|đường xa|chỉ có|chỉ còn|chỉ đạt|chỉ được|chỉ một|mới có|mới đạt|mới chỉ
|phải thuê|phải đi|phải chờ|phải mượn|phải kiêm|phải bỏ tiền|phải vay|phải làm|phải chạy|chờ|đợi|chờ đợi|kiêm|kiêm nhiệm|gánh|hạn chế|lúng túng|bị động|mỏng|khan hiếm
|khan|đắt|đắt đỏ|cao hơn|tăng cao|tăng gấp|ồn|ồn ào|tối|tối om|nghèo|khổ|cực|vất vả|nặng nề|áp lực|tốn|tốn kém|lâu|kéo dài|thất thoát|dôi dư|mục|mục nát|tràn|tràn vào
|mặn|nhiễm mặn|hạn hán|khô hạn|khô cháy|chết|dịch|dịch bệnh|nợ|nợ đọng|bất tiện|ngại|manh mún|nhỏ lẻ|đơn sơ|tạm bợ|nhếch nhác|quá cũ|quá nhỏ|quá ít|quá nhiều
|đứt|sập|vỡ|đổ|rác|rác thải|trộm|trộm cắp|quậy|nhậu|karaoke|chó thả rông|chặt chém|ép giá|rớt giá|mất giá|thua lỗ|lỗ|phá|phá hoại|chuột|sâu bệnh|chưa rõ|không rõ|mâu thuẫn
|chưa thống nhất|chưa đồng bộ|không đồng bộ|chưa phù hợp|không phù hợp|lạc hậu|thủ công|chênh|chênh lệch|thiệt thòi|bỏ học|nghỉ việc|xin nghỉ|xin thôi việc|không ai|không dám|bỏ về
|chưa ai|bị|bị động|bị mất|bị hỏng|vẫn chưa|vẫn còn|còn thiếu|còn chậm|còn thấp|còn yếu|còn nhiều|mất nhiều|nhiều lần|không ổn định|chen|chen chúc|ghép|học nhờ|ở nhờ|mượn tạm|thấm"""
NEEDS = (
    "cần|cần phải|rất cần|phải|nên|cần thiết|đáng lẽ|lẽ ra|bức thiết|cấp thiết|cấp bách"
)
CHAT = """ạ|nhé|nha|với|ơi|alo|dùm|giùm|đi|sao|thế|vậy|hả|nhỉ|luôn|ko|k|dc|đc|mn|ad|admin|mấy anh|các bác|các anh|bà con ơi|phường ơi|xã ơi|tui|tụi tui|hông|hổng"""
REASONS = "vì|do|bởi|bởi vì|bởi lẽ|vì vậy|nguyên nhân|lý do|nên|khiến|dẫn đến|dẫn tới|làm cho|gây|gây ra|do đó"
CONTRASTS = "tuy nhiên|nhưng|song|thế nhưng|tuy vậy|bên cạnh đó|tuy|mặc dù|dù|trong khi|ngược lại|thực tế"
PROCEDURE = """kính thưa|xin cảm ơn|cảm ơn|trân trọng cảm ơn|kính gửi|nơi nhận|đại biểu|hội nghị|cuộc họp|buổi làm việc|chương trình|thành phần|dự họp
|tham dự|chủ trì|chủ tọa|khai mạc|bế mạc|biên bản|căn cứ|kính chúc|thư ký|hôm nay|đúng giờ|vỗ tay|tổng hợp|như sau|số lượng|gồm có|cùng dự|phát biểu"""
PRAISE = """đánh giá cao|biểu dương|hoan nghênh|phát huy|đoàn kết|quyết tâm|thi đua|tin tưởng|truyền thống|nỗ lực|cố gắng|khích lệ|tự hào|tinh thần|ủng hộ|đồng hành
|quan tâm của|sự quan tâm|chia sẻ với|đồng thuận"""

CENTRE = """chính phủ|trung ương|quốc hội|thủ tướng|các bộ|bộ, ngành|bộ nội vụ|bộ tài chính|bộ xây dựng|bộ y tế|bộ công an|bộ giáo dục và đào tạo|bộ nông nghiệp và môi trường
|bộ khoa học và công nghệ|bộ công thương|bộ tư pháp|bộ quốc phòng|bộ|bộ ngành|nhà nước|đoàn đbqh|đoàn đại biểu quốc hội"""
PROVINCE = """tỉnh|ubnd tỉnh|ủy ban nhân dân tỉnh|tỉnh ủy|hđnd tỉnh|thành phố|ubnd thành phố|ủy ban nhân dân thành phố|thành ủy|hđnd thành phố|chủ tịch ubnd tỉnh
|bí thư tỉnh ủy|bí thư thành ủy|thường trực tỉnh ủy|ban thường vụ tỉnh ủy|đảng ủy ubnd tỉnh|lãnh đạo tỉnh|lãnh đạo thành phố|hội đồng nhân dân tỉnh"""
AGENCY = """sở|các sở|sở, ngành|sở, ban, ngành|ban|chi cục|cục|công an tỉnh|công an thành phố|văn phòng|trung tâm|công ty|điện lực|bảo hiểm xã hội|kho bạc|thuế|ban quản lý
|nhà mạng|bệnh viện|bqlda|ban qlda|snnmt|sxd|stc|snv|vpđk|vpđkđđ|đoàn giám sát|ban pháp chế|ban đô thị|thanh tra|mttq tỉnh|viettel|vnpt|ngân hàng|đơn vị thi công|chủ đầu tư|nhà thầu
|bộ chỉ huy|bộ đội biên phòng|đồn biên phòng|tập đoàn|tổng công ty|quỹ|hội đồng"""
COMMUNE = """ubnd xã|đảng ủy xã|hđnd xã|ubnd phường|đảng ủy phường|hđnd phường|xã|phường|đặc khu|các xã|các phường|các địa phương|địa phương|chủ tịch xã|chủ tịch phường
|bí thư đảng ủy|chủ tịch ubnd xã|chủ tịch ubnd phường|ubnd các xã|cấp xã|cấp cơ sở|cơ sở|lãnh đạo xã|lãnh đạo phường|chính quyền|phòng kinh tế|phòng văn hóa|trạm y tế|nhà trường|trường"""
VILLAGE = """thôn|ấp|tổ dân phố|khu phố|buôn|bản|xóm|làng|khu|trưởng thôn|tổ trưởng|hợp tác xã|htx|chi bộ|trưởng ấp|trưởng bản|bí thư chi bộ|tổ|ban công tác mặt trận|chi hội"""
CITIZEN = """người dân|cử tri|bà con|nhân dân|phụ huynh|hộ dân|dân|doanh nghiệp|công dân|tôi|em|cháu|tui|tụi tui|tụi tôi|chúng tôi|mình|nhà tôi|các hộ|hội viên|tiểu thương
|công nhân|nông dân|ngư dân|hộ kinh doanh|khách|học sinh|người cao tuổi|chủ trọ|hộ nuôi|gia đình"""


def listed(table: str) -> set[str]:
    """Return the words and phrases of a table."""
    return {" ".join(word.split()) for word in table.split("|")} - {""}


def pattern(table: str) -> re.Pattern[str]:
    """Return a pattern for any word of a table, the longest first."""
    return re.compile(rf"(?<!\w)(?:{any_of(listed(table))})(?!\w)")


def any_of(words: Iterable[str]) -> str:
    """
    Return an expression for any of some words, the longest first.

    They stand by their first letters, so that few are tried at each place of a text.

    >>> any_of(["do", "vì", "do vậy"])
    'd(?:o\\\\ vậy|o)|v(?:ì)'
    """
    by_letter: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len)[::-1]:
        by_letter[word[0]].append(re.escape(word[1:]))
    return "|".join(
        f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items()
    )


DOES_WORDS = {
    "ask": ASKS,
    "order": ORDERS,
    "say": SAYS,
    "answer": ANSWERS,
    "done": DONE,
    "trouble": TROUBLES,
    "need": NEEDS,
    "chat": CHAT,
    "reason": REASONS,
    "contrast": CONTRASTS,
    "procedure": PROCEDURE,
    "praise": PRAISE,
}
NAME_WORDS = {
    "centre": CENTRE,
    "province": PROVINCE,
    "agency": AGENCY,
    "commune": COMMUNE,
    "village": VILLAGE,
    "citizen": CITIZEN,
}
#: What can be told by the form of figures, not by words.
FIGURES: dict[str, re.Pattern[str]] = {
    "figure": re.compile(r"\d"),
    "measure": re.compile(
        r"\d[.,/]*\s*(?:%|tỷ|triệu|km|ha\b|m2|m²|m\b|hộ|người|giáo viên|hồ sơ|lượt|cây|tấn|máy)"
    ),
    "limit": re.compile(
        r"trước (?:ngày|\d|tháng|quý)|chậm nhất|trong (?:tháng|quý|tuần|năm|đêm|ngày)|hạn |xong trước"
        r"|(?<!\d)\d{1,2}[/.-]\d{1,2}(?!\d)|cuối (?:tháng|năm|quý)"
    ),
}
#: What a piece of a sentence does; several may hold at once.
DOES = {name: pattern(table) for name, table in DOES_WORDS.items()} | FIGURES
#: Who is named in it, by level.
NAMES = {name: pattern(table) for name, table in NAME_WORDS.items()}

TOKEN = re.compile(r"\w+")


def _by_first(
    tables: Mapping[str, str],
) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the phrases of all tables by their first word, each with its names."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, table in tables.items():
        for phrase in listed(table):
            names[phrase].append(name)
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for phrase in sorted(names):
        match = TOKEN.match(phrase)
        if match is None:
            raise ValueError(f"{phrase!r} does not begin with a word")
        found[match.group()].append((phrase, tuple(names[phrase])))
    return dict(found)


BY_FIRST = _by_first(DOES_WORDS | NAME_WORDS)


def told(low: str) -> tuple[set[str], set[str]]:
    """
    Return the tables whose phrases stand in a text, and those that it begins with.

    The same as the patterns of `DOES` and `NAMES` find, in one walk.
    """
    found: set[str] = set()
    first: set[str] = set()
    for token in TOKEN.finditer(low):
        phrases = BY_FIRST.get(token[0])
        if phrases is None:
            continue
        place = token.start()
        for phrase, names in phrases:
            if low.startswith(phrase, place):
                end = place + len(phrase)
                if not _is_word(low[end : end + 1]):
                    found.update(names)
                    if place == 0:
                        first.update(names)
    return found, first


def _is_word(char: str) -> bool:
    """Return whether a character goes on with a word, as `\\w` has it."""
    return char.isalnum() or char == "_"
