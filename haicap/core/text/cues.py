"""The words by which Vietnamese official prose asks, orders, complains and reports."""

from __future__ import annotations

import re


def _any(*words: str) -> str:
    """Return a pattern for any of the words, in tables separated by |."""
    found = [" ".join(word.split()) for table in words for word in table.split("|")]
    return "|".join(
        re.escape(w) for w in sorted(set(found), key=len, reverse=True) if w
    )


# Not a request but a noun: "theo đề nghị của", "các kiến nghị", "đáp ứng yêu cầu".
_NOT_NOUN = (
    r"(?<!các )(?<!những )(?<!theo )(?<!của )(?<!hồ sơ )(?<!đáp ứng )(?<!nhiều )"
    r"(?<!ý kiến, )(?<!lượt )(?<!phản ánh, )(?<!giải trình, )(?<!với )(?<!nhận )"
    r"(?<!lời )(?<!quyết )(?<!đơn )(?<!mọi )(?<!nhóm )(?<!từng )(?<!một số )(?<!và )"
    r"(?<!về )(?<!kiến nghị, )(?<!đề xuất, )(?<!không )(?<!trả lời )(?<!có )(?<!đưa )"
    r"(?<!điều )(?<!nội dung )(?<!hợp )(?<!vướng mắc, )(?<!bàn )"
)
REQUEST = re.compile(
    r"(?<!\w)"
    + _NOT_NOUN
    + r"(?:(?:kính |trân trọng |cũng |đều |cùng |xin |tiếp tục |thiết tha )?"
    r"(?P<verb>đề nghị|đề nghi|kiến nghị|đề xuất|yêu cầu|mong muốn|mong|xin|lưu ý|nhắc)"
    r"|(?P<order>giao|chỉ đạo)(?=(?: cho)? (?:sở|ubnd|ban |văn phòng|phòng|trung tâm"
    r"|đảng ủy|công an|các |trưởng|chủ tịch|thanh tra|mặt trận|ủy ban))"
    r"|(?P<ban>nghiêm cấm))(?!\w)"
)
LETTER_ASKS = re.compile(r"(?:có|bằng) văn bản (?P<verb>đề nghị|kiến nghị)(?!\w)")
# "xã cần", "tỉnh cần", "nên": an ask in a speech.
SHOULD = re.compile(r"(?<!\w)(?P<verb>cần|nên|phải|cứ)(?= )")
NO_REQUEST_AFTER = re.compile(
    r"\s*(?:[,.;:|)]|của\b|này\b|trên\b|được\b|là\b|đại biểu|quý\b|các ý kiến|hội nghị"
    r"|nhận được|bà con|các đại biểu|hát quốc ca|mọi người|lỗi\b|thông cảm|về việc\b"
    r"|tiếp thu|trân trọng|cảm ơn|chào|chân thành|kiến nghị|đề xuất|đó)"
)
PROCEDURE = re.compile(
    _any(
        "đề nghị các đại biểu|đề nghị đại biểu|đề nghị hội nghị|hát quốc ca|đi thẳng vào việc"
        "|quan tâm xem xét, giải quyết|quan tâm, xem xét|quan tâm xem xét|quan tâm của quý"
        "|xin trả lời trước|trả lời xin gửi|để được hướng dẫn|mong bà con thông cảm"
        "|theo đề nghị|xin chân thành|báo cáo như sau|kiến nghị như sau|ý kiến như sau"
        "|kết luận như sau|biết, thực hiện|triển khai thực hiện./|trân trọng cảm ơn"
        "|được lập thành|tiếp tục phản ánh qua|giá trị như nhau|cùng ngày|thông qua với"
    )
)
EXHORT = re.compile(
    _any(
        "phát huy tinh thần|phát huy đoàn kết|tinh thần đoàn kết|quyết tâm xây dựng"
        "|vượt qua mọi khó khăn|xứng đáng với|nêu gương của|quyết tâm thực hiện"
        "|thống nhất ý chí|đánh giá cao|biểu dương|tin tưởng hội nghị|tin tưởng,|tin tưởng rằng|đây là những|bị xem xét|xem xét trách nhiệm|chịu trách nhiệm trước"
    )
)
TALK = re.compile(
    _any(
        "nêu nhiều khó khăn|nêu những khó khăn|trao đổi, giải đáp|tạo tiền đề|đây là buổi|nhiều khó khăn, vướng mắc trong quá trình|tiếp nhận các ý kiến"
        "|tổng hợp các ý kiến|một số khó khăn, vướng mắc sau|một số vướng mắc vượt"
        "|từng bước được tháo gỡ|góp phần tháo gỡ|được tháo gỡ|những khó khăn, vướng mắc, bất cập"
        "|không tránh khỏi những lúng túng|không có kiến nghị|không có vướng mắc"
        "|không phát sinh kiến nghị|không để gián đoạn"
    )
)
TROUBLE = re.compile(
    r"(?<!\w)(?:"
    + _any(
        "thiếu|chưa|không|hỏng|hư hỏng|xuống cấp|chậm|quá tải|bồi lắng|chật|chật hẹp|hẹp"
        "|khó|khó khăn|vướng|vướng mắc|chồng chéo|bất cập|bất tiện|ngập|úng|ô nhiễm|khói đen"
        "|quá hạn|hết hạn|tồn đọng|tồn lưu|lãng phí|bỏ hoang|bỏ trống|cũ nát|dột|thấm|nứt|rò rỉ"
        "|mối mọt|sạt lở|tai nạn|mất|mất trộm|treo|lỗi|báo lỗi|gián đoạn|dừng|tạm dừng|phải dừng"
        "|thấp|tăng cao|quá thấp|giảm|tranh chấp|lấn chiếm|trái phép|bức xúc|tâm tư|quá rộng"
        "|ách tắc|ùn|kẹt|nguy hiểm|xa|đi lại|chỉ có|chỉ đạt|mới có|mới đạt|phải thuê|phải đi"
        "|phải kê|phải đứng|phải chờ|chờ|gánh|kiêm|hạn chế|thụ động|trông chờ|lạc hậu|thủ công"
        "|không đủ|khan hiếm|bụi|rơi vãi|ruồi|chênh|chênh nhau|khác nhau|tốn|thuê trọ|tắt|yếu"
        "|thất thoát|thừa|trùng|sai|vi phạm|đốt|trào ngược|chiếm|nhỏ|bé|quá sức|vất vả|nghỉ hẳn"
        "|dùng tạm|dùng chung một|mượn|nhà cấp 4|làm thay|chập chờn|giữ nguyên|đội giá|quay vòng"
        "|rút ngắn|giải thể|không lên nguồn|mới lên|dồn|cắm cọc|sĩ số|cứ|ổ gà|khô hạn|mặn|tràn|chảy|đổ trộm|thải|ồn|môi giới|tự phát|cách nhau"
    )
    + r")(?!\w)"
)
STRONG_TROUBLE = re.compile(
    r"(?<!\w)(?:"
    + _any(
        "thiếu|chưa có|không có|chưa được|hư hỏng|xuống cấp|quá tải|bồi lắng|chật hẹp|chưa đủ"
        "|khó khăn|vướng|chồng chéo|bất cập|ngập|quá hạn|hết hạn|tồn đọng|bỏ trống|chưa đồng bộ"
        "|chưa ổn định|chỉ có|chỉ đạt|phải thuê|lãng phí|không đủ|hỏng|chưa rõ|chưa thống nhất"
        "|còn thấp|chưa phù hợp|không được|treo|không đúng|sạt lở|ô nhiễm|tắc|lỗi|phải chờ"
        "|tăng cao|phải đi|phải bố trí|chưa xong|không bảo đảm|không đảm bảo|khác nhau"
        "|trái phép|không rõ|mất|chưa|không tuyển|không cân đối|không chuyển|không biết|gánh"
    )
    + r")(?!\w)"
)
DONE = re.compile(
    r"(?<!\w)(?:"
    + _any(
        "đã|đạt|hoàn thành|tiếp nhận|giải ngân|tăng|giảm|chi trả|thành lập mới|bắt quả tang"
        "|xử phạt|thu được|thay|trả đúng|chứng thực|thông cầu|vận động được|khôi phục được"
        "|giải quyết|đón|cấp được|tổ chức được|xóa|xử lý xong|phân bổ|kiện toàn|điều động|trả|trong tháng tiếp|được quét vôi|được nhóm lửa"
    )
    + r")(?!\w)"
)
# "hai cấp" and "129 xã, phường" are names, not measures.
FIGURE = re.compile(r"(?<![\w/])\d[\d.,/]*%?(?! cấp| xã, phường)")
PAPERWORK = re.compile(
    r"đã (?:được )?(?:trình|có văn bản|lập hồ sơ|khảo sát|tổng hợp|chuyển|đề nghị|báo cáo"
    r"|ban hành kế hoạch|hoàn thiện|lấy ý kiến|gửi|có chủ trương|lập dự toán|đưa vào|nhận hồ sơ"
    r"|thống nhất|phân loại|được hđnd tỉnh quyết định chủ trương|phân công|trao đổi|yêu cầu"
    r"|giao|thông báo|xây dựng|thuê tư vấn|ghi nhận|cam kết)|đang |sẽ |dự kiến|chưa |phấn đấu"
)
PROMISE = re.compile(
    _any(
        "sẽ|đang|đồng ý|nhất trí|thống nhất về chủ trương|ghi nhận|tiếp thu|dự kiến|tham mưu"
        "|chưa thể|không thể|trước mắt|hiện chưa|cam kết|hứa|theo quy định|theo luật"
        "|trái quy định|không xem xét|đang trình"
    )
)
ANSWER = re.compile(
    r"(?<!\w)(?:"
    + _any(
        "giải đáp|trả lời|tiếp thu|cho biết|cho hay|thông tin|giải thích|khẳng định|xác nhận"
        "|phản hồi|giải trình|cam kết|thừa nhận|làm rõ|trao đổi với phóng viên|hứa"
        "|nhận trách nhiệm|nói thẳng|đáp|lý giải"
    )
    + r")(?!\w)"
)
SAYS = re.compile(
    r"(?<!\w)(?!báo cáo (?:của|tại|tóm tắt của))"
    r"(?:(?:đã|cũng|còn|thẳng thắn|nói thêm,?) )?(?P<verb>"
    + _any(
        "cho biết|cho hay|cho rằng|phản ánh|nêu|nêu rõ|nói|nói rõ|thông tin|khẳng định|chia sẻ"
        "|phân tích|thừa nhận|dẫn chứng|trăn trở|băn khoăn|lo lắng|giải thích|xác nhận|báo cáo"
        "|nhận thấy|nhấn mạnh|đánh giá|kể|bày tỏ|than|hứa|trả lời|ghi nhận|lo ngại|trình bày"
        "|đặt vấn đề|kiến giải|đề đạt|cam kết|giải trình|ví von|bức xúc|gợi ý|nói thẳng|cho thấy|chỉ ra"
    )
    + r")(?:(?: thêm)?,? (?:rằng|là)| việc)?(?!\w)"
)
TROUBLE_TALK = re.compile(
    r"khó khăn|vướng|bất cập|hạn chế|tồn tại|băn khoăn|phản ánh|trăn trở|lo ngại|chật"
)
# The words that begin what is asked for: "bố trí kinh phí", "sớm ban hành".
ACTION = (
    "bố trí|trang bị|ban hành|hỗ trợ|nâng|nâng cấp|mở rộng|cho phép|bàn giao|công khai|lắp"
    "|lắp thêm|giảm|bổ sung|xây|xây dựng|xây thêm|xây mới|cải tạo|đầu tư|hướng dẫn|mở|cấp|sửa"
    "|sửa chữa|nạo vét|thay|thay mới|đẩy nhanh|đẩy mạnh|quan tâm|sớm|tăng|tăng cường|giao|cho"
    "|giải quyết|xử lý|điều chỉnh|chỉ đạo|phân cấp|ủy quyền|trình|tham mưu|rà soát|xem xét|giữ"
    "|kéo dài|thành lập|có cơ chế|có chính sách|có hướng dẫn|có văn bản|đưa|chuyển|tổ chức"
    "|tuyển dụng|thống nhất|quy định|miễn|đóng|kết nối|khắc phục|nghiên cứu|ưu tiên|bảo đảm"
    "|hoàn thành|tập huấn|cử|làm|làm lại|di dời|gia cố|lập|phối hợp|bãi bỏ|tháo gỡ|sắp xếp"
    "|duy trì|củng cố|thực hiện|tạo điều kiện|cân đối|sửa đổi|để lại|tách|cắt giảm|đổi mới"
    "|tiếp tục|chấm dứt|thí điểm|kiểm tra|xác định|phủ sóng|hoàn thiện|cắm|ký|đồng bộ|phân khai"
    "|giải ngân|di chuyển|quản lý|không|khẩn trương|chủ động|kịp thời|nhanh chóng|không áp dụng"
    "|ổn định|chủ trì|tập trung|thu gom|rải|cấm|niêm yết|bán|chia|khôi phục|tu bổ|vận động|trả"
    "|hằng tháng|cập nhật|theo dõi|giám sát|đổi|chốt|soạn|khôi|hợp nhất|áp dụng|gom|chọn|đào tạo|căn cứ|kính|triển khai|phân bổ|lắp đặt|tách lại|công bố"
)
BEGINS_ACTION = re.compile(
    r"(?:cũng |hãy |cần |phải |tiếp tục |sớm |kịp thời |khẩn trương |chủ động )*(?:"
    + _any(ACTION)
    + r")(?!\w)"
)
# Verbs that give an ask of their own when they follow "và" or a comma.
NEW_ASK = (
    "bố trí|trang bị|ban hành|hỗ trợ|nâng|nâng cấp|mở rộng|cho phép|bàn giao|công khai|lắp"
    "|lắp thêm|giảm|bổ sung|xây|xây dựng|xây thêm|cải tạo|hướng dẫn|mở|cấp bổ sung|nạo vét"
    "|đẩy nhanh|tăng cường|di dời|sửa lỗi|sửa chữa|giao|điều chỉnh|có cơ chế|có chính sách"
    "|cử|để lại|đóng|thành lập|đẩy mạnh|quan tâm|tổ chức|tuyển dụng|thay mới|sớm"
    "|tăng|đầu tư"
)
JOINED_ASK = re.compile(
    r"(?P<join>,? đồng thời|,? cùng với đó|, và| và)\s+(?:cần )?(?P<verb>"
    + _any(NEW_ASK)
    + r")(?!\w)|(?P<comma>,)\s+(?P<verb2>cử|bổ sung|có cơ chế|lắp thêm|giảm phí)(?!\w)"
)
REASON = re.compile(
    r",?\s+(?P<why>vì|do|bởi vì|bởi|vì rằng)(?:\s+(?:theo ông|theo bà))?\s+"
)
NOT_REASON = re.compile(
    r"do (?:ubnd|địa phương|tỉnh|xã|phường|sở|bộ|trung ương|người dân tự|một)"
)
# How things stand: what is wrong, between two commas of what is asked.
STANDS = "hiện|hiện nay|thường xuyên|nhiều năm|mùa hè|nhiều người|lâu nay|từ đầu năm|nghe nói"
NESTED = re.compile(
    rf",\s+(?P<body>(?:{STANDS})\s[^;.]{{6,}}?)(?=, (?:để|bảo đảm|nhằm|phục vụ)|$)"
)
# "nhiều hạn chế, vướng mắc như", "khó khăn là": problems follow.
TROUBLE_LIST = re.compile(
    r"(?:khó khăn|vướng mắc|hạn chế|bất cập|tồn tại|cái khó|nỗi lo)[^.:;]{0,40}?"
    r"(?:,? như:? | là:? |: )"
)
# "Về đề nghị của phường X cho nâng cấp máy chủ, giao Sở ..."
QUOTED_ASK = re.compile(
    r"(?:về|đối với) (?:đề nghị|kiến nghị|đề xuất) của (?P<who>[^,;:.]{3,60}?)"
    r" (?:về (?:việc )?)?(?P<what>(?:cho|bổ sung|hỗ trợ|nâng|sửa|xây|bố trí|cấp|mở|đầu tư)"
    r" [^:;.]{8,}?)(?=: |, (?:giao|đồng ý|yêu cầu|sở|ubnd|thống nhất|nhất trí))"
)
# An order without a verb of ordering: "việc bàn giao phải xong trong tháng 10".
MUST = re.compile(
    r"(?<!\w)(?:phải (?:xong|tận dụng|hoàn thành)|được ưu tiên|báo cáo lại tôi"
    r"|chịu trách nhiệm chính)(?!\w)"
)
OPENERS = re.compile(
    r"(?:(?:tuy nhiên|tuy vậy|bên cạnh đó|ngoài ra|đồng thời|cùng với đó|theo đó|do vậy|vì vậy"
    r"|do đó|từ đó|trong khi đó|song|nhưng|riêng|cụ thể|bởi|vì|còn|hiện nay|nói thêm|cùng nội dung"
    r"|trên cơ sở đó|nhất là|đặc biệt|như|rằng|là|và|mặt khác|thực tế|nhờ đó|trước hết"
    r"|chia sẻ quan điểm này|khó khăn|tồn tại|trước thực tế đó|nên)\b,?:?\s+)+"
)
