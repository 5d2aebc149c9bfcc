"""The words under which matters are compared: what is asked, in one way of saying it."""

from __future__ import annotations

import re
from functools import cache

from haicap.core.text.cues import REQUEST
from haicap.core.text.fields import weigh_words
from haicap.core.text.plain import Plain


# Ways of saying one thing. The first is the name that a reason on the screen shows.
CONCEPTS = """
đi lại|xăng xe|tiền đi lại|chi phí đi lại|tiền xăng
ăn trưa|cơm trưa|ăn giữa ca|bữa trưa|tiền ăn
làm việc xa nhà|xa nhà|làm việc xa|đi làm xa|công tác xa|xa nơi ở|xa nơi cư trú
thuê nhà|nhà công vụ|nhà ở công vụ|nhà trọ|chỗ ở|tiền thuê nhà
biệt phái|điều động|luân phiên|tăng cường cán bộ
biên chế|tuyển dụng|tuyển bổ sung|bổ sung công chức|bổ sung cán bộ|công chức chuyên ngành
địa chính|quản lý đất đai|cán bộ địa chính
giáo viên|nhà giáo|biên chế sự nghiệp giáo dục|chỉ tiêu giáo viên
bác sĩ|y sĩ|nhân viên y tế
trạm y tế|về trạm
tập huấn|bồi dưỡng|đào tạo|cầm tay chỉ việc|mở lớp|mở các lớp
phụ cấp|mức phụ cấp|mức khoán
thôn, tổ dân phố|trưởng thôn|tổ trưởng|tổ dân phố|trưởng ban công tác mặt trận|ở thôn|trưởng ban mặt trận
không chuyên trách|hoạt động không chuyên trách
chế độ nghỉ|nghị định 178|nghị định số 178/2024/nđ-cp|nghị định số 154/2025/nđ-cp|nghỉ hưu trước tuổi|thôi việc|đã nghỉ|quyết định nghỉ
nhiệm vụ phát sinh|phát sinh|ngoài dự toán|đột xuất|chưa có trong dự toán|dự toán
trụ sở làm việc|trụ sở ubnd|nhà làm việc|trụ sở mới
trụ sở dôi dư|dôi dư|trụ sở cũ|trụ sở xã cũ|trụ sở các phường cũ|bỏ không|hoang hóa|không còn nhu cầu|trụ sở xã cũ dôi dư
bán, xử lý trụ sở|bán đấu giá|đấu giá|sắp xếp, xử lý|phương án xử lý|bán
xây mới, cải tạo|xây mới|cải tạo|mở rộng|xây dựng trụ sở
trung tâm phục vụ hành chính công|phòng giao dịch|tiếp công dân|một cửa cấp xã|hành chính công
liên thông phần mềm|liên thông|kết nối|phần mềm|hệ thống thông tin|sửa lỗi|dữ liệu quốc gia
đường truyền|cáp quang|tốc độ mạng|phủ sóng|kéo cáp|dung lượng đường truyền|các nhà mạng|viễn thông
số hóa|chuẩn hóa
hồ sơ địa chính|sổ địa chính|bản đồ địa chính|hồ sơ, bản đồ địa chính
cơ sở dữ liệu đất đai|csdl đất đai|quyền truy cập|tài khoản khai thác
bãi bồi|đất bãi|mặt nước|đất mặt nước|bãi ven sông|nuôi trồng thủy sản
quy định, hướng dẫn|quy định|quy chế|hướng dẫn
quy hoạch phân khu|quy hoạch chung|đồ án|phân khu|phê duyệt quy hoạch
hạn mức đầu tư|hạn mức|mức vốn|được quyết định đầu tư|quyết định chủ trương đầu tư
giá đất|giá bồi thường|xác định giá đất|giá đất cụ thể
đơn giá bồi thường|bộ đơn giá|đơn giá
thoát nước|cống thoát nước|hệ thống cống|trạm bơm tiêu|hệ thống thoát nước|chống ngập
trạm bơm|tổ máy
nạo vét|khơi thông
kênh, sông|kênh|sông|kênh cấp|mương
nhà máy xử lý rác|khu xử lý rác|xử lý rác|lò đốt|bãi chôn lấp|chôn rác|xử lý rác thải
thu gom rác|thu gom|chuyến thu gom|xe thu gom
chính sách chung|hợp nhất chính sách|áp dụng chung|dùng chung|chính sách của ba tỉnh|thống nhất các chính sách|thống nhất mức
ba tỉnh|ba tỉnh cũ|ba vùng|ba tỉnh trước|hđnd ba tỉnh
ban quản lý dự án|quản lý dự án
trung tâm dịch vụ công
công an chính quy|quân số|công an xã|công an phường
ô tô|xe ô tô|xe dùng chung|xe công
công tác chung|dùng chung cho cán bộ|đi công tác
quy mô dân số|đông dân
mở rộng đường|nâng cấp đường|mặt đường|tuyến đường|rải nhựa|sửa đường
phân cấp|ủy quyền|thẩm quyền
"""
STOP = frozenset(
    [
        "và",
        "của",
        "cho",
        "các",
        "những",
        "được",
        "là",
        "có",
        "không",
        "một",
        "để",
        "này",
        "về",
        "tại",
        "theo",
        "đến",
        "với",
        "trong",
        "trên",
        "khi",
        "từ",
        "do",
        "vì",
        "như",
        "đã",
        "sẽ",
        "đang",
        "còn",
        "cũng",
        "phải",
        "nên",
        "cần",
        "ở",
        "ra",
        "vào",
        "lên",
        "xuống",
        "bằng",
        "hoặc",
        "nhất",
        "sớm",
        "đề",
        "nghị",
        "kiến",
        "quan",
        "tâm",
        "xem",
        "xét",
        "xã",
        "phường",
        "tỉnh",
        "ubnd",
        "hđnd",
        "sở",
        "bộ",
        "ban",
        "chính",
        "phủ",
        "chỉ",
        "đạo",
        "hỗ",
        "trợ",
        "bổ",
        "sung",
        "bố",
        "trí",
        "cấp",
        "địa",
        "bàn",
        "nhân",
        "dân",
        "người",
        "làm",
        "việc",
        "công",
        "tác",
        "số",
        "mức",
        "hai",
        "ba",
        "năm",
        "tháng",
        "ngày",
        "trước",
        "sau",
        "mới",
        "cũ",
        "thêm",
        "đủ",
        "lại",
        "đối",
        "việc",
        "ngay",
        "tỷ",
        "triệu",
        "đồng",
    ]
)
SYLLABLE = re.compile(r"[^\W\d_]+")


@cache
def _concepts() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return one pattern for all ways of saying, and what each of them names."""
    names: dict[str, str] = {}
    for line in CONCEPTS.strip().splitlines():
        ways = [way.strip() for way in line.split("|")]
        names.update(dict.fromkeys(ways, ways[0]))
    words = "|".join(re.escape(way) for way in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)"), names


def terms(text: str, fields: tuple[str, ...]) -> dict[str, float]:
    """
    Return what an ask is compared by, each with its weight before rarity.

    The keys begin with "c:" (a concept), "w:" (a word of a field), "b:" (two syllables
    side by side) or "f:" (the field).
    """
    low = Plain(" ".join(text.split())).low
    request = REQUEST.match(low)
    low = low[request.end() :] if request else low
    found: dict[str, float] = {}
    pattern, names = _concepts()
    for match in pattern.finditer(low):
        found["c:" + names[match.group()]] = 2.0
    for word, weight in weigh_words(low).items():
        if f"c:{names.get(word, '')}" not in found:
            found["w:" + word] = 0.3 * weight
    syllables = [s if s not in STOP else "" for s in SYLLABLE.findall(low)]
    for first, second in zip(syllables, syllables[1:], strict=False):
        if first and second:
            found[f"b:{first} {second}"] = 0.5
    for rank, field in enumerate(fields):
        found["f:" + field] = 1.0 if rank == 0 else 0.4
    return found
