"""Phrases of which the made-up province puts its sentences together."""

from __future__ import annotations


WANTS = (
    "đề nghị tỉnh bố trí kinh phí",
    "kiến nghị sớm ban hành hướng dẫn",
    "đề nghị bổ sung biên chế",
    "kiến nghị xem xét điều chỉnh quy hoạch",
    "đề nghị đẩy nhanh tiến độ",
    "đề nghị phân cấp, ủy quyền",
    "kiến nghị hỗ trợ trang thiết bị",
    "đề nghị tổ chức tập huấn",
)
THINGS = (
    "sửa chữa tuyến đường liên thôn đã xuống cấp",
    "giải quyết hồ sơ đất đai tồn đọng sau sắp xếp",
    "nâng cấp trạm y tế và bổ sung thuốc thiết yếu",
    "cải tạo trụ sở làm việc của Ủy ban nhân dân",
    "kết nối phần mềm một cửa với cơ sở dữ liệu dân cư",
    "xây dựng thêm phòng học cho trường mầm non",
    "nạo vét kênh mương, bảo đảm nước tưới vụ chiêm xuân",
    "thu gom, xử lý rác thải sinh hoạt ở khu dân cư",
    "chi trả trợ cấp cho người hoạt động không chuyên trách",
    "cắm mốc chỉ giới và cấp giấy chứng nhận cho hộ dân",
    "quản lý chợ, bến bãi và vật liệu xây dựng",
    "phòng cháy, chữa cháy ở làng nghề và cụm công nghiệp",
    "bảo tồn di tích đã xếp hạng và phát triển du lịch",
    "tuyển dụng công chức tin học và địa chính",
)
PLACES = (
    "trên địa bàn",
    "tại các thôn mới sáp nhập",
    "ở khu vực ngoài đê",
    "dọc tuyến tỉnh lộ",
    "tại trung tâm phục vụ hành chính công",
    "ở vùng chiêm trũng",
    "tại khu tái định cư",
)
REASONS = (
    "khối lượng việc tăng mà người làm chưa đủ",
    "nguồn thu của đơn vị không cân đối được",
    "quy định cũ không còn phù hợp sau khi bỏ cấp huyện",
    "thiết bị hỏng, chờ thay từ nhiều tháng",
    "hồ sơ gốc còn nằm ở nhiều nơi",
    "",
)
ANSWERS = (
    "Cơ quan đã kiểm tra thực tế và thống nhất phương án với địa phương",
    "Nội dung đã được đưa vào kế hoạch năm và bố trí vốn",
    "Việc này đang chờ hướng dẫn của trung ương, cơ quan sẽ báo lại",
    "Cơ quan đã ban hành văn bản hướng dẫn thực hiện thống nhất",
)
