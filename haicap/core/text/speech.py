"""The words by which a text says who speaks, who is asked and who answers."""

from __future__ import annotations

import re


MOST_NAMED = 4
LONGEST = 4000  # characters of a sentence that are read at once
LONG = 140  # characters before a subject
QUOTE = 3000  # characters in a quotation
SILENT = {
    "tỉnh",
    "thành phố",
    "Trung ương",
    "Nhà nước",
    "các bộ",
    "Quốc hội",
    "Chính phủ",
}
# Only speech, never work: safe wherever the subject stands.
SPEAKS = (
    r"cho (?:biết|hay|rằng)|nói|kể|nêu(?! cao| gương)|phản ánh|phát biểu|kêu|than|thừa nhận|khẳng định"
    r"|chia sẻ|đề xuất|phân tích|dẫn chứng|dẫn ra|nhấn mạnh|băn khoăn|bày tỏ|đề nghị|đề nghi"
    r"|kiến nghị|yêu cầu|mong|(?<!vắc )xin|bức xúc|phàn nàn|góp ý|góp thêm|thắc mắc|mở lời|mở đầu|lý giải|biểu dương|đánh giá cao|hoan nghênh|phản ảnh|đặt vấn đề|tỏ ý|ngỏ ý"
    r"|quả quyết|kết luận|lưu ý|nhắc|dặn|(?<!bàn )(?<!chuyển )giao|cho là|nhận định|lo ngại|lo lắng|tâm sự"
    r"|có ý kiến|hỏi|chốt lại|tiếp lời|đồng tình|nhất trí|phân trần|trăn trở|quán triệt|trình bày"
    r"|giãi bày|đề đạt|trông chờ|ao ước|thỉnh cầu|trông mong|nhờ|thưa|phân bua|tiếp lời|thổ lộ|thông báo"
    r"|hứa hẹn|hẹn|rầu rĩ|lo|tiếc|nhớ lại|kiến giải|đáp lời|đề xướng|tha thiết|khẩn khoản|quả quyết"
    r"|ghi nhận|chỉ rõ|chỉ ra|than phiền|tiếp thu|thẳng thắn|đúc kết|cảnh báo|góp chuyện"
    r"|gửi gắm|đề cập|khép lại|lên tiếng|bộc bạch|tâm tư|kỳ vọng|trải lòng|góp lời|cho thấy|xoay quanh"
)
# Speech or work: "báo cáo tỉnh". Speech where nothing was ordered before.
MAY_SPEAK = (
    r"báo cáo|bổ sung|giải thích|trả lời|thông tin|xác nhận|giải trình|hứa|cam kết|nhận|giải đáp"
    r"|(?<!tờ )trình|muốn|đánh giá|thống nhất|chỉ đạo|trao đổi|đáp|tiếp|ý kiến|phúc đáp|lo|thấy|đưa ra|làm rõ"
)
SAYS = re.compile(rf"(?<!\w)(?:{SPEAKS})(?!\w)")
SAYS_OR_DOES = re.compile(rf"(?<!\w)(?:{SPEAKS}|{MAY_SPEAK})(?!\w)")
REQUEST = re.compile(
    r"(?<!\w)(?<!theo )(?<!các )(?<!những )(?<!về )(?<!ý kiến, )(?:"
    r"(?:nguyện vọng|kiến nghị|đề xuất|ý kiến|đề đạt)[^.;:]{0,16} (?:lên|tới|với|gửi)"
    r"|đề nghị|đề nghi|kiến nghị|đề xuất|yêu cầu|mong muốn|mong|(?<!vắc )xin|lưu ý|nhắc|dặn"
    r"|(?<!bàn )(?<!chuyển )(?<!được )giao|đề đạt|trông chờ|ao ước|thỉnh cầu|trông mong"
    r"|khẩn cầu|chỉ đạo|muốn|đòi|nhờ|kêu gọi|quán triệt)(?!\w)"
)
# What may stand between the beginning of a clause and its subject.
OPENS = re.compile(
    r"(?:[\s“\"(—–+-]|\d+[.)]|\[?\d\d?[h:]\d{0,2}\]?|nhưng|và|còn|song|nên|riêng|về phía|phía|thay mặt|đại diện|lãnh đạo"
    r"|đại biểu|tóm tắt|đối với|đồng chí|đ/c|đ\.c|phó|p?gđ(?!\w)|giám đốc|chánh|trưởng|chủ tịch|phòng|ban|chi cục|bí thư|chính quyền"
    r"|cán bộ|đến lượt|tiếp đó|sau đó|sau cùng|cuối cùng|tương tự|bên cạnh|ngoài ra|đồng thời"
    r"|nhiều|một số|một|hai|ba|bốn|mấy|đông đảo|hầu hết|các|những|ông|bà|anh|chị|vị|thì|đáng chú ý|ở đây|như"
    r"|cùng|cả|theo|tại|ở|với|từ|qua|sang|về|đến|tới|đoàn|tập thể|thường trực|nói như|của|ý kiến|kiến nghị(?= của)|phần|phát biểu"
    r"|đảng ủy|ubnd|trong đó|ngay sau|trực|cụ|bác|em|nhóm|do vậy|do đó|vì vậy|chủ nhiệm|chủ|quyền|mục|là|báo cáo|điểm cầu|khu vực|địa bàn|bộ phận|trạm|hiệu|tổ|đội|cục|viện|kế toán|công chức|người|mình|lượt|nghe|phỏng vấn|cô giáo|cháu"
    r"|thứ \w+|một là|hai là|ba là|kết luận|hội nghị|trả lời|giải đáp|trao đổi|việc|đơn vị"
    r"|do|theo (?:đánh giá|nhận định|phản ánh|chia sẻ|phân tích|số liệu|thống kê)|đánh giá chung|phản hồi|đáp lại|hồi đáp|đáp lời)*"
)
ACCORDING = re.compile(
    r"(?<!\w)(?:theo|đối với|nói như|tại|ở|qua|sang|đến|đến lượt|còn ở|về phía|phía)(?!\w)"
)
# "Giải đáp ý kiến của xã X, ...": whose word is answered does not speak.
ANSWERED = re.compile(
    r"(?:trả lời|giải đáp|tiếp thu|phản hồi|giải trình|trao đổi|làm rõ|liên quan)[^.;:]{0,24}"
    r"(?:ý kiến|kiến nghị|đề nghị|đề xuất|phản ánh|câu hỏi|băn khoăn) (?:của )?"
)
# After these a sentence begins with its subject all the same.
LINK = re.compile(
    r"(?:trong khi đó|ngược lại|tương tự|ngoài ra|bên cạnh đó|cùng với đó|không chỉ vậy"
    r"|(?:ở|tại|cách|không riêng|trong|sau) [^,.;:]{2,70}), (?:(?:tại|ở|ngay ở|ngay tại) )?"
)
# "Phòng Kinh tế của xã": a part of a commune has no voice of its own.
OF_HERE = re.compile(r"(?: của)? (?:xã|phường|đặc khu)(?!\w)")
BY = re.compile(r"(?<!\w)theo(?!\w)")
BOUNDARY = re.compile(r"[,;:.“”()—!?]|\s[-–]\s")
LABEL = re.compile(
    r"(?:[^:“”.;|\n]|(?<=\d):(?=\d)|(?<=[A-ZĐ])\.|(?<=[A-ZĐ]\w)\.){2,130}?:(?=\s|$|“|\")"
)
ANSWER_LABEL = re.compile(
    r"^(?:nội dung )?(?:trả lời|giải đáp|phản hồi|kết quả|tiến độ|giải trình|giải quyết|ý kiến "
    r"(?:giải trình|trả lời|xử lý)|phúc đáp|đáp(?!\w)|hướng xử lý|xử lý|tình trạng|ý kiến \d+)"
)
# "Sở Y tế trả lời như sau": the end of a label by which a body answers.
ANSWERS_SO = re.compile(
    r"(?:trả lời|giải trình|có ý kiến|giải đáp|phản hồi|phúc đáp)"
    r"(?: như sau| cử tri| cụ thể)*$"
)
REPLY = re.compile(
    r"trả lời|giải đáp|phản hồi|tiếp thu|giải trình|kết quả giải quyết|đã giải quyết"
)
ASKS = re.compile(r"kiến nghị|đề xuất|đề nghị|nguyện vọng")
BINDS = re.compile(
    r"kết luận|nhiệm vụ|giao việc|thống nhất|phân công|yêu cầu|chỉ đạo|tổ chức thực hiện|giao (?!thông|lưu|dịch|ban(?!\w))"
)
RESPONSIBLE = re.compile(
    r"(?:cơ quan|đơn vị|thẩm quyền)(?: có thẩm quyền| chủ trì)? ?(?:xử lý|giải quyết|trả lời"
    r"|chủ trì|thực hiện|tiếp nhận)?:\s*([^.;|\n]{2,80})"
)
MINUTES = re.compile(r"biên bản")
VOTERS = re.compile(r"kiến nghị (?:của )?cử tri|ý kiến(?:, kiến nghị)? (?:của )?cử tri")
CITIZENS = re.compile(
    r"phản ánh[^\n]{0,40}(?:người dân|nhân dân|công dân)|đối thoại[\s\S]{0,120}?(?:nhân dân|người dân|cư dân)|với nhân dân"
    r"|tổng hợp phản ánh|phản ánh của|bình luận|công dân số"
    r"|(?:xã|phường) lắng nghe|đường dây nóng|tiếp công dân|(?:góp ý|ý kiến) của (?:bà con|người dân)"
    r"|hòm thư|tin nhắn"
)
CONCLUDES = re.compile(
    r"(?<!thực hiện )(?<!theo )(?<!căn cứ )(?:kết luận(?: [^\n.,;:]{1,30})?\s+của\s+(?:các )?(?:đồng chí |đ/c )?"
    r"|ý kiến chỉ đạo của (?:đồng chí )?)"
    r"|(?<=\n)ý kiến của (?:đồng chí |đ/c )(?=bí thư|phó bí thư|chủ tịch|phó chủ tịch)"
    r"|(?= (?:kết luận|chốt lại|chỉ đạo)(?: [^\n.,;:]{1,40})?\s*:)|(?= kết luận\s*,)"
)
# "Giám đốc Sở" of the agency that writes.
DIRECTOR = re.compile(
    r"(?:(?:kết luận|ý kiến)(?: chỉ đạo)? của (?:đồng chí |đ/c )?)"
    r"((?:phó )?giám đốc) sở(?= (?:tại|về|sau|trong|ở)(?!\w))"
    r"|((?:phó )?giám đốc) sở(?= kết luận)"
)
CHAIR = re.compile(
    r"(?:chủ trì|chủ tọa)(?::| là)\s*(?:đồng chí |đ/c |ông |bà )?|(?=\(chủ trì\))"
)
REST = re.compile(r"[\s*_|,–-]*(?:(?:tỉnh|thành phố|số)[^\n]{0,40})?[\s*_|]*", re.I)
SIGNED = re.compile(r"nơi nhận|kính gửi|(?<!\w)t[m/][./ ]|số:? ?\d|số\s*[-/]")
REPORTS = re.compile(
    r"(?:ubnd|đảng ủy|hđnd|ủy ban nhân dân)\s+(?:xã|phường|đặc khu)\s[^.:;\n]{2,60}?"
    r"(?:báo cáo|kính trình|đề nghị|kiến nghị|phúc đáp|có ý kiến)"
)
FIRST_PERSON = re.compile(
    r"(?<!\w)(?:tôi|tui|em|mình|cháu|nhà tôi|chúng tôi|bà con)(?!\w)"
)
ANSWERS = re.compile(
    r"^[^\w\n]{0,4}[^\n:]{0,30}(?:trả lời|phản hồi|giải đáp|đáp|=>|→)", re.M
)
CHANNEL = re.compile(
    r"phản ánh|góp ý|ý kiến|tin nhắn|hỏi|đối thoại|hotline|zalo|facebook|fanpage|ứng dụng|công dân"
    r"|người dân|hộp thư|hòm thư|bạn đọc|tiếp xúc|lắng nghe|cư dân"
)
TITLE = re.compile(
    r"báo cáo|thông báo|biên bản|công văn|tờ trình|kính gửi|v/v|phụ lục|tổng hợp"
)
UNIT_LINE = re.compile(r"(?:đơn vị|cơ quan)(?: báo cáo| lập| tổng hợp)?:\s*|tm\. |t/m ")
PRONOUN = re.compile(r"[\s“]*(?:tôi|chúng tôi|mình)(?!\w)")
LOUD = ("người dân", "cử tri", "phụ huynh", "doanh nghiệp", "tổ dân phố")
HERE_ROLE = re.compile(r"bí thư|chủ tịch|chủ nhiệm")
CHAIN_GAP = re.compile(
    r"(?:[\s:“*]|kính|với|cho|tới|đến|lên|đối|về|phía|gửi|các đồng chí|đồng chí|lãnh đạo|cấp ủy|cả|thường trực"
    r"|đảng ủy, hđnd|trước hết|trước mắt|riêng|còn|thì|quý|giám đốc|chánh|trưởng|có văn bản|có ý kiến|kiến nghị|đề nghị)*"
)
CLOSES = re.compile(
    r"kết luận|khép lại|chốt lại|kết thúc|bế mạc|phát biểu chỉ đạo|giao |yêu cầu|quán triệt|tổng kết"
)
QUOTES = re.compile(r"[:,] “")
ANSWER_DOT = re.compile(r"(?:trả lời|giải đáp|phúc đáp|ý kiến của sở|sở có ý kiến)[.:]")
I_AM = re.compile(r"(?<!\w)(?:tôi|chúng tôi|em|mình|tui) là ")
STORY = re.compile(
    r"\n\s*(?:trong (?:hai |ba )?ngày|(?:sáng |chiều )?(?:ngày|hôm)|thực hiện)", re.I
)
ARROW = re.compile(r"=+>|→|->")
HEAD_TO = re.compile(
    r"(?:kiến nghị|đề xuất|đề nghị|ý kiến)[^\n]{0,30}? (?:đối với|với|gửi(?: tới| đến)?|đến|lên) "
)
CLOSING_BRACKET = re.compile(r"\(([^()]{3,90})\)[.;\s]*$")
PERSON_AT = re.compile(r"[ôÔ]ng |[bB]à |[aA]nh |[cC]hị ")
POSTED = re.compile(
    r"(?:trưởng|bí thư|giám đốc|chủ nhiệm|hiệu trưởng|đại diện|chủ tịch)[^,;:()]{0,24}$"
)
LABEL_NOUN = re.compile(
    r"^[\s\d.)a-zđ-]{0,4}(?:nội dung |các )?(?:kiến nghị|đề nghị|đề xuất|ý kiến|phản ánh|hỏi)(?: số \d+)? (?:của|\((?:cử tri|xã|phường|đặc khu))"
    r"|[-–] (?:nội dung )?(?:kiến nghị|đề nghị|đề xuất|ý kiến|phản ánh)$"
)
OF_ASK = re.compile(
    r"(?:đề nghị|kiến nghị|ý kiến|đề xuất|phản ánh) của (?:ubnd |đảng ủy |cử tri |người dân )?(?=các |hai |xã|phường|đặc khu)"
)
BACK = re.compile(
    r"[,;:] (?:(?:tôi |chúng tôi )?(?:giao|yêu cầu|đề nghị|thống nhất|đồng ý|ghi nhận|chấp thuận)"
    r"|sở|ubnd tỉnh|nội dung|vấn đề|trước mắt)(?!\w)|:(?= )"
)
MORE_SAY = re.compile(r"(?:và )?(?:một số |các |những )?ý kiến khác|cùng ý kiến")
CHAIN_NEXT = re.compile(r"\s*(?:,|và|;|cùng|/)\s*(?:với |cho )?(?=\S)")
