"""The verbs by which things are asked for, and the words that help or mislead."""

from __future__ import annotations


# What is asked for a thing: each class of acts by the verbs that say it.
ACTS: dict[str, str] = {
    "build": "xây lại|dựng|bắc cầu|đổ bê tông|đắp|trồng|gắn|làm mới lại|xây mới"
    "|xây dựng mới|xây dựng|xây thêm|xây|làm mới|làm thêm|đầu tư xây dựng"
    "|đầu tư|khởi công|lắp đặt|lắp thêm|lắp|làm đường|làm cầu|kéo|phủ sóng"
    "|bê tông hóa|mở mới|mở tuyến",
    "repair": "vá lại|đắp lại|san gạt|dặm vá|láng nhựa|sửa giùm|sửa sang|chữa|sửa chữa"
    "|sửa|sửa lại|nâng cấp|cải tạo|mở rộng|thay thế|thay mới|thay|tu bổ|tôn tạo"
    "|gia cố|khắc phục|chống xuống cấp|rải nhựa|trải nhựa|thảm lại|làm lại"
    "|tu sửa|duy tu|chỉnh trang|nới rộng|tháo gỡ lỗi|sửa lỗi|lợp lại"
    "|kiên cố hóa|vá",
    "clear": "vét|móc cống|thông cống|dọn|dọn dẹp|xáng cào|xáng múc|trục vớt|cào vét"
    "|khai thông|múc|nạo vét|khơi thông|vớt|thông tắc|thanh thải|khơi dòng",
    "provide": "thêm|rót|rót vốn|trợ giúp|giúp|cung ứng|bố trí thêm|cho thêm|xin thêm"
    "|bổ túc|luân phiên|biệt phái|điều động|phái|bù|chia sẻ kinh phí|bổ sung"
    "|bố trí|cấp bổ sung|cấp thêm|cấp|hỗ trợ|trang bị|tăng cường|tăng thêm|tăng"
    "|giao thêm|giao bổ sung|điều thêm|cử|tuyển dụng|tuyển|tiếp nhận|phân bổ"
    "|cân đối|mua sắm|mua|tạm cấp|phân khai|có đủ|sắm|đảm bảo đủ|bảo đảm đủ",
    "pay": "chi trả|trả hết|trả đủ|chi|rót tiền|trả|thanh toán|chi trả dứt điểm|trả nợ"
    "|giải ngân",
    "rule": "ban hành|quy định|sửa đổi|có cơ chế|có chính sách|xây dựng chính sách"
    "|thống nhất|hợp nhất|bãi bỏ|áp dụng|có quy định|có quy chế"
    "|xây dựng quy chế|xây dựng cơ chế|tham mưu|có nghị quyết"
    "|thay thế nghị quyết|có đề án|xây dựng đề án",
    "guide": "hướng dẫn|giải đáp|làm rõ|có văn bản hướng dẫn|trả lời|giải thích|có hướng dẫn",
    "permit": "cho phép|chấp thuận|cho chủ trương|tạo điều kiện|cho giữ|cho thuê"
    "|cho sử dụng|được phép",
    "approve": "phê duyệt|thẩm định|trình duyệt|thông qua|xem xét duyệt|duyệt|xác định"
    "|hoàn thiện đồ án",
    "delegate": "phân cấp|ủy quyền|phân quyền|giao quyền|trao quyền",
    "handle": "xử lý|lo liệu|gỡ vướng|gỡ|giải quyết|tháo gỡ|giải quyết dứt điểm"
    "|xử lý dứt điểm",
    "dispose": "bán|bán đấu giá|thanh lý|phương án xử lý|phương án sắp xếp|sắp xếp, xử lý"
    "|điều chuyển|đấu giá|thu hồi",
    "hand": "bàn giao|chuyển giao|mở quyền|cấp quyền|giao|cấp tài khoản|cung cấp"
    "|chia sẻ",
    "raise": "nâng mức|tăng mức|tăng|tăng thêm|điều chỉnh tăng|nâng|điều chỉnh mức",
    "reduce": "giảm|miễn|cắt giảm|miễn giảm|giãn|hoãn|đơn giản hóa|rút gọn|rút ngắn",
    "stop": "đóng cửa|dừng|ngưng|buộc dừng|cấm|xử phạt|xử lý nghiêm|ngăn chặn|chấm dứt"
    "|kiểm tra|thanh tra|đình chỉ|dẹp|kiểm soát|tuần tra|xử lý vi phạm"
    "|cưỡng chế|tăng cường kiểm tra|bắt",
    "publish": "công khai|niêm yết|công bố|thông báo|tuyên truyền",
    "train": "tập huấn|bồi dưỡng|đào tạo|mở lớp|mở các lớp|cầm tay chỉ việc",
    "organise": "thành lập|chia tách|tách|sáp nhập|kiện toàn|kiêm nhiệm|chia thành"
    "|sắp xếp lại|đổi tên|giải thể",
    "keep": "giữ nguyên|giữ lại|giữ|duy trì|kéo dài|gia hạn|không thay đổi"
    "|không áp dụng|để lại|tiếp tục thực hiện",
    "connect": "nối thông|nối|thông suốt|dùng chung dữ liệu|kết nối|liên thông|đồng bộ"
    "|tích hợp",
    "survey": "đo đạc|cắm mốc|đo vẽ|khảo sát|thống kê|trích đo|phân định ranh giới",
    "digitise": "số hóa|chuẩn hóa",
    "convert": "chuyển|chuyển thành|chuyển đổi công năng|chuyển công năng|cải tạo thành"
    "|chuyển mục đích sử dụng|biến thành|chuyển đổi",
    "move": "di dời|di chuyển|chuyển đi|chuyển địa điểm",
    "collect": "thu gom|vận chuyển|tăng lượt",
}

# Acts that change what kind of answer is wanted; whoever guides may also rule.
MODES = {
    "guide": frozenset({"guide", "rule"}),
    "train": frozenset({"train"}),
    "publish": frozenset({"publish"}),
    "delegate": frozenset({"delegate"}),
}

# Acts that often say one wish: one answer serves both.
NEAR_ACTS: tuple[frozenset[str], ...] = (
    frozenset({"build", "repair", "provide", "raise"}),
    frozenset({"repair", "clear", "provide", "build"}),
    frozenset({"rule", "guide"}),
    frozenset({"rule", "provide", "raise"}),
    frozenset({"pay", "provide"}),
    frozenset({"permit", "provide", "hand", "organise"}),
    frozenset({"delegate", "raise"}),
    frozenset({"connect", "repair"}),
    frozenset({"digitise", "provide"}),
    frozenset({"dispose", "hand", "permit"}),
    frozenset({"approve", "rule"}),
    frozenset({"stop", "repair", "handle"}),
    frozenset({"handle", "dispose"}),
    frozenset({"convert", "dispose", "permit"}),
    frozenset({"handle", "approve", "pay"}),
    frozenset({"train", "guide"}),
    frozenset({"collect", "provide"}),
    frozenset({"organise", "rule"}),
)

# Words of scale: what is asked for one lane is not what is asked for a town.
SMALL = "ngõ|hẻm|ngách|ngay trước nhà|trước cửa|đoạn ngắn|cổng chào|đầu ngõ|xóm nhỏ"
LARGE = (
    "toàn tỉnh|hệ thống|nội thị|đô thị|đồng bộ|toàn tuyến|toàn xã|toàn phường|khu vực nội thị"
    "|khu dân cư cũ|quy mô lớn|liên vùng|trung hạn|tổng thể"
)

# The means, not the thing: they weigh little beside what the money is for.
MEANS = (
    "kinh phí|vốn|tiền|nguồn lực|nguồn vốn|ngân sách|tài chính|nguồn kinh phí|tỷ đồng|triệu đồng"
    "|hạ tầng|cơ sở hạ tầng|dự án|công trình|nhiệm vụ|công tác|thực hiện|triển khai"
)

# Syllables that say nothing of the matter.
EMPTY = """
và của cho các những được là có không một để này về tại theo đến với trong trên khi từ do vì như đã
sẽ đang còn cũng phải nên cần ở ra vào lên xuống bằng hoặc nhất sớm đề nghị kiến quan tâm xem xét xã
phường tỉnh ubnd hđnd sở bộ ban chính phủ chỉ đạo hỗ trợ bổ sung bố trí cấp địa bàn nhân dân người
làm việc công tác số mức hai ba năm tháng ngày trước sau mới cũ thêm đủ lại đối ngay tỷ triệu đồng
nhằm thì mà đó đây kia nào mong muốn xin kịp thời khẩn trương nhanh đẩy tiếp tục thực hiện triển
khai giải quyết bảo đảm phục vụ nâng cao nay nhiều rất quá hơn cùng giữa qua bị gây hay nếu tới bà
con chúng tôi em anh chị ông bốn sáu bảy tám chín mười ta mỗi từng cả gần khoảng thường xuyên hằng
kỳ quý đợt giai đoạn vẫn chưa nữa lần việt nam thôn xóm tổ khu vực huyện uỷ ủy hội nông nghiệp môi
trường nội khoa học nghệ giáo dục đào tạo y tế thuộc sinh sống cơ đơn vị phương thẩm quyền tham mưu
trình giùm dùm giúp luôn cái họ ấy đừng chứ thôi lẹ mau gấp liền tính sao nhờ khoản trông chờ kính
tha thiết ưu tiên định dứt điểm bản ngành thành chủ trì phối hợp quản lý dụng hồ sơ tập cụ thể hoàn
vướng mắc khó khăn
"""

# Everyday words that hold a word of the lists in another sense.
OTHER_SENSE = (
    "được giao|cấp trên giao|trong đó|cho nên|vì vậy|vì thế|do đó|do vậy|cho đến|cho tới"
    "|sao cho|cho rằng|thành phố|thành viên|về việc|yêu cầu|nhu cầu|toàn cầu|gia đình|môi trường|thị trường"
    "|hiện trường|công trường|trường hợp|lương thực|bắt buộc|bắt đầu|nhà trường"
    "|chủ trương|đường lối|mở đường|kinh tế|kinh phí|kinh nghiệm|kinh doanh|cầu nối"
    "|tạo điều kiện thuận lợi|lĩnh vực|bảo đảm|đảm bảo|cơ sở|căn cứ|hội đồng nhân dân"
    "|ủy ban nhân dân|sở nông nghiệp và môi trường|sở khoa học và công nghệ"
    "|sở giáo dục và đào tạo|sở y tế|sở nội vụ|sở tài chính|sở xây dựng|sở tư pháp"
    "|sở công thương|sở du lịch|sở văn hóa và thể thao|sở văn hóa, thể thao và du lịch"
    "|bộ nội vụ|bộ tài chính|bộ tư pháp|bộ xây dựng|bộ y tế|bộ công an"
    "|bộ giáo dục và đào tạo|bộ nông nghiệp và môi trường|bộ khoa học và công nghệ"
    "|ban tổ chức tỉnh ủy|ban thường vụ|công an tỉnh|ngành giáo dục|ngành y tế"
    "|văn phòng ubnd tỉnh|chính quyền|cấp có thẩm quyền|cơ quan có thẩm quyền|xem xét"
    "|đề nghị|kiến nghị|sở nnmt|sở gdđt|sở khcn|sở vhtt|sở ldtbxh|tỉnh đoàn"
)

# After these words stands whom or what the thing is for, not what is asked for.
TURNS = "cho|tại|của|để|nhằm|phục vụ|do|vì|ở|đối với|trong|thay vì|thay cho|trên|thuộc|từ|về|thành|sang"

# Beside the people who are asked for, these words are what they must know.
SKILLS = {
    "xây dựng": "quy hoạch, xây dựng",
    "đất đai": "địa chính",
    "quản lý đất đai": "địa chính",
    "tài chính": "kế toán",
}

# "Trụ sở Xuân Lộc cũ": the word stands after the name and changes what the thing is.
TRAILING = {"cũ": ("trụ sở làm việc", "trụ sở, tài sản dôi dư", 6)}
