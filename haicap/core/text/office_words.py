"""Words that begin and end the names of bodies, as patterns."""

from __future__ import annotations

import re

from haicap.core.text.glossary import SHORT_BODY, SHORT_PART, SHORT_WORK, WORK


def _works() -> dict[str, str]:
    """Return what departments do by every way to write it, in lower case."""
    works = {" ".join(w.split()): " ".join(w.split()) for w in WORK.split("|")}
    full = {name.lower(): name for name in works}
    loose = {name.replace(" - ", "-"): said for name, said in full.items()}
    return {**SHORT_WORK, **loose, **full}


WORKS = _works()
WORK_AT = re.compile(
    r"(" + "|".join(map(re.escape, sorted(WORKS, key=len, reverse=True))) + r")(?!\w)"
)
LETTERS = re.compile(r"[a-zđ]{1,6}(?:\s?[&,.-]\s?[a-zđ]{1,6}){1,3}(?!\w)")
TOP = r"tỉnh(?!\w)(?! ủy(?! quyền| nhiệm)| lộ| đoàn)|thành phố(?!\w)|tp\.?(?!\w)"
GOVERNS = (
    r"(?:ban thường vụ|thường trực|thường vụ|ban chấp hành|tập thể|lãnh đạo|chính quyền"
    r"|cấp ủy|btv)"
)
OFFICE = (
    r"(?:đảng ủy các cơ quan đảng|đảng ủy (?:ubnd|công an|quân sự|bộ đội biên phòng)|ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân"
    r"|đảng ủy|đảng bộ|đoàn đbqh|đoàn đại biểu quốc hội"
    r"|(?:ủy ban )?(?:mttq|mặt trận tổ quốc|mặt trận)(?: việt nam)?)"
)
ROLE = (
    r"(?:phó bí thư thường trực|phó bí thư|bí thư|phó chủ tịch thường trực|phó chủ tịch"
    r"|chủ tịch|chủ nhiệm)"
)
GOV = re.compile(
    rf"(?P<role>{ROLE}(?:,? (?:kiêm )?{ROLE})*\s+)?(?P<head>(?:{GOVERNS}\s+)*)"
    rf"(?P<office>{OFFICE}|tỉnh ủy|thành ủy)"
    rf"(?:(?:,| -| và|, {ROLE}) (?P<more>{OFFICE}))*(?!\w)"
)
LEADS = re.compile(
    rf"(?:{GOVERNS}|tập thể)(?: {GOVERNS})*\s+(?=(?:các |hai |ba )?(?:xã|phường|đặc khu))"
)
POST_HERE = re.compile(r"((?:phó )?(?:chủ tịch|bí thư)) (xã|phường|đặc khu)(?!\w)")
PLACE = re.compile(rf"\s+(?:của )?(?P<top>{TOP})|\s+(?P<here>xã|phường|đặc khu)(?!\w)")
MINISTRY_ARMY = re.compile(
    r"(?:bộ chỉ huy|ban chỉ huy|bch) (?:quân sự|bộ đội biên phòng|bđbp|phòng thủ khu vực|pccc)"
)
GENERIC = """ca|ban|chi cục|cục|trung tâm|tổng công ty|công ty|văn phòng|phòng|trạm y tế
|trạm|bệnh viện|hội|hiệp hội|nghiệp đoàn|htx|câu lạc bộ|chi hội|liên đoàn|hợp tác xã|làng nghề|điện lực|kho bạc nhà nước
|bảo hiểm xã hội|thanh tra|công an|thuế|bưu điện|viện kiểm sát|tòa án|báo|đài|trường
|ngân hàng|vườn quốc gia|tỉnh đoàn|đoàn thanh niên|liên minh|hạt kiểm lâm|đồn biên phòng
|tổ công tác|tổ hợp tác|ủy ban kiểm tra|ubkt|đội|quỹ|tập đoàn|hải quan|cảng vụ|nhà máy|xí nghiệp|viễn thông"""
WHOLE = """quốc hội|chính phủ|thủ tướng chính phủ|thủ tướng|trung ương|nhà nước|tỉnh
|thành phố|cấp tỉnh|cấp trên|các cấp, các ngành|các cấp, ngành|các cấp|các ngành|các sở, ban, ngành
|các sở, ngành|các sở ngành|các sở|các bộ, ngành|các bộ|các phòng|các cơ quan, đơn vị
|các đơn vị|các cơ quan báo chí|các cơ quan|các chủ đầu tư|ngành y tế|ngành giáo dục|các nhà mạng|nhà trường|ngành điện"""
MANY = re.compile(
    r"(?:tất cả |toàn bộ |cả |các đảng ủy |ubnd các |đảng ủy các |đại diện )?"
    r"(?:(?P<count>các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,3}) )?"
    r"(?P<unit>xã, phường, đặc khu|xã, phường|phường, xã|xã|phường|địa phương|đặc khu"
    r"|nơi|đơn vị cấp xã)(?!\w)"
)
COUNTS = ["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
PEOPLE = {
    "cử tri": "cử tri",
    "người dân": "người dân",
    "công dân": "người dân",
    "nhân dân": "người dân",
    "bà con": "người dân",
    "hộ dân": "người dân",
    "các hộ": "người dân",
    "phụ huynh": "phụ huynh",
    "doanh nghiệp": "doanh nghiệp",
    "công nhân": "người lao động",
    "người lao động": "người lao động",
    "tiểu thương": "tiểu thương",
    "ngư dân": "người dân",
    "nông dân": "người dân",
    "già làng": "người dân",
    "cán bộ": "cán bộ",
    "đại biểu": "đại biểu",
    "cán bộ hưu trí": "cán bộ hưu trí",
    "tổ trưởng": "tổ dân phố",
    "trưởng ban công tác mặt trận": "tổ dân phố",
    "trưởng thôn": "trưởng thôn",
}
OF = re.compile(
    r"(?:[ ,](?:tại|ở|trên địa bàn|của|khu vực|thuộc|các|hai|ba|đơn vị|công tác|đến từ))*\s"
)
PERSON = re.compile(
    r"(?:[ôÔ]ng|[bB]à|[aA]nh|[cC]hị|[cC]hú|[bB]ác|[cC]ô|[cC]ụ|[dD]ì|[tT]hím)"
    r" (?!Phó|Giám|Chủ|Bí|Trưởng|Chánh|Tổng|Hiệu|Trạm|Hội|Đại)"
    r"(?=[A-ZĐ][.,( ]|[A-ZĐ]\w{0,3}\.|[A-ZĐ]\w+ [A-ZĐ]\.|[A-ZĐ]\w+ [A-ZĐ]\w+ [A-ZĐ])"
)
GUILDS = ("hiệp hội", "hợp tác xã", "htx", "làng nghề", "tổ hợp tác")
# Bodies of a commune that speak for themselves, not for it.
OWN_VOICE = (
    "Trạm",
    "Trường",
    "Nghiệp đoàn",
    "Hội ",
    "Chi hội",
    "Câu lạc bộ",
    "Bệnh viện",
)
CHAIRS = ("trưởng đoàn", "chủ trì", "chủ tọa", "đoàn giám sát", "đoàn công tác")
TEAM = re.compile(r"tổ công tác(?: số \d+)?(?!\w)")
VILLAGES = re.compile(
    r"các (?:thôn|ấp|bản|xóm|buôn|khu phố|tổ dân phố|tổ)(?!\w| công| liên)"
)
VILLAGE = re.compile(
    r"([tT]hôn|[bB]ản|[xX]óm|[ấẤ]p|[bB]uôn|[kK]hu phố|[tT]ổ dân phố|[kK]hối phố|[kK]hóm|[bB]on(?= [A-ZĐ]))"
    r" ((?:số )?\d+[a-z]?|[^\W\d_]\w*)"
)
# "bản Na Lượng 1": a number that ends the name.
VILLAGE_NUMBER = re.compile(r" [1-9](?=[,.:;)]|\s*$| và )", re.M)
GROUPS = ("thôn", "tổ dân phố", "xóm", "bản", "ấp", "buôn", "khu phố", "tổ")


def _head() -> re.Pattern[str]:
    words = [" ".join(w.split()) for t in (GENERIC, WHOLE) for w in t.split("|")]
    words += list(SHORT_BODY) + list(PEOPLE)
    words += ["sở", "bộ", "ubnd", "hđnd", "bch", "bí", "phó", "chủ"]
    words += [
        "btv ban thường vụ",
        "thường trực",
        "thường vụ",
        "tập thể",
        "lãnh đạo",
        "chính quyền",
    ]
    words += [
        "cấp ủy",
        "mttq",
        "mặt trận",
        "ủy ban",
        "hội đồng nhân dân",
        "đoàn đbqh",
        "đoàn đại biểu",
    ]
    words += [
        "ông",
        "bà",
        "anh",
        "chị",
        "cô",
        "bác",
        "thôn",
        "bản",
        "xóm",
        "ấp",
        "buôn",
        "bon",
        "khóm",
    ]
    words += [*CHAIRS, "địa phương"]
    words += ["đảng ủy", "đảng bộ", "ủy ban nhân dân", "tỉnh ủy", "thành ủy"]
    words += ["khu phố", "tổ dân phố", "khối phố", "các thôn", "các tổ"]
    words += [
        "xã",
        "phường",
        "các",
        "cả",
        "hai",
        "ba",
        "bốn",
        "năm",
        "sáu",
        "bảy",
        "tám",
        "chín",
        "mười",
        "đặc",
    ]
    return re.compile(
        r"(?<!\w)(?:"
        + "|".join(sorted(map(re.escape, set(words)), key=len, reverse=True))
        + r")(?!\w)"
    )


HEADS = _head()
WHOLES = {" ".join(w.split()) for w in WHOLE.split("|")}
GENERICS = {" ".join(w.split()) for w in GENERIC.split("|")}
SAME = {
    "cấp tỉnh": "UBND tỉnh",
    "các sở ngành": "các sở, ngành",
    "thủ tướng": "Thủ tướng Chính phủ",
    "quốc hội": "Quốc hội",
    "chính phủ": "Chính phủ",
    "thủ tướng chính phủ": "Thủ tướng Chính phủ",
    "trung ương": "Trung ương",
    "nhà nước": "Nhà nước",
}
CENTRE = {
    "quốc hội",
    "chính phủ",
    "thủ tướng",
    "thủ tướng chính phủ",
    "trung ương",
    "nhà nước",
    "các bộ",
    "các bộ, ngành",
}
# Bodies of this sort belong to a commune when nothing else is said.
LOCAL = {
    "phòng",
    "trạm y tế",
    "trường",
    "công an",
    "ca",
    "trạm",
    "trung tâm",
    "văn phòng",
    "ban",
}
NOT_TOP = re.compile(
    r"(?:cấp|toàn|trong|của|ba|một|cả|về|ở|trên|liên|ngoại|dân|các|ngoài|từ|hai|địa bàn|vào)\s$"
)
JOINT = re.compile(r"\s*(?:,|;|và|cùng|với)\s*(?:các )?")
SPLIT = ("sở", "bộ", "ban", "phòng", "anh", "trường", "cục")  # ends of other words
NOT_BEFORE = re.compile(r"(?:trụ|cơ|hải|biên|tiếng|dự|đảng|cán) $")
OFFICES = {
    "ủy ban nhân dân": "UBND",
    "hội đồng nhân dân": "HĐND",
    "ubnd": "UBND",
    "hđnd": "HĐND",
    "đảng ủy": "Đảng ủy",
    "đảng bộ": "Đảng ủy",
    "đảng ủy ubnd": "Đảng ủy UBND",
    "đảng ủy công an": "Đảng ủy Công an",
    "đảng ủy quân sự": "Đảng ủy Quân sự",
    "đảng ủy bộ đội biên phòng": "Đảng ủy Bộ đội Biên phòng",
    "đảng ủy các cơ quan đảng": "Đảng ủy các cơ quan Đảng",
    "tỉnh ủy": "Tỉnh ủy",
    "thành ủy": "Thành ủy",
    "đoàn đbqh": "Đoàn ĐBQH",
    "đoàn đại biểu quốc hội": "Đoàn ĐBQH",
}
PART = re.compile(
    r"(?<!\w)(?:"
    + "|".join(map(re.escape, sorted(SHORT_PART, key=len, reverse=True)))
    + r")(?!\w)"
)
FULL_PART = re.compile(
    r"kinh tế, hạ tầng và đô thị|văn hóa - xã hội|văn hóa – xã hội"
    r"|phục vụ hành chính công|phát triển quỹ đất|dịch vụ tổng hợp"
    r"|(?:dân tộc|pháp chế|kinh tế - ngân sách|đô thị)(?= hđnd|\s*\n)"
)
TOKEN = re.compile(r"\s*(?:(\w[\w’&/.-]*)|([-–,&]))")
ENDS = frozenset(
    [
        "sở",
        "bộ",
        "ubnd",
        "hđnd",
        "đảng",
        "tỉnh",
        "thành",
        "xã",
        "phường",
        "đặc",
        "các",
        "chủ",
        "phó",
        "bí",
        "đoàn",
        "đbqh",
    ]
)
ONE_OFFICE = re.compile(rf"(?<!\w){OFFICE}(?!\w)")
