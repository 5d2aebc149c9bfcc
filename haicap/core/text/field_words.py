"""Words by which a statement shows its field: 3 says it alone, 2 says it mostly, 1 helps."""

from __future__ import annotations


WORDS: dict[str, dict[float, str]] = {
    "staffing": {
        3: "biên chế|tuyển dụng|tiếp nhận công chức|tăng cường cán bộ|bổ sung công chức"
        "|thiếu nhân lực|thiếu cán bộ|thiếu công chức|luân phiên bác sĩ|tuyển bổ sung"
        "|bố trí, sắp xếp đội ngũ|bố trí, sắp xếp cán bộ|không đúng chuyên môn"
        "|điều động, biệt phái|biệt phái|điều chỉnh quân số|vị trí việc làm|nhân sự",
        2: "đội ngũ cán bộ|công chức|quân số|điều động|cơ cấu chưa hợp lý|nhân lực"
        "|giáo viên|bác sĩ|điều chuyển nội bộ|khối lượng công việc|viên chức|gánh việc"
        "|thiếu người|kiêm nhiệm|chuyên trách|công an chính quy|công an xã chính quy",
        1: "cán bộ|người làm|chỉ tiêu|thiếu|chuyên môn|chuyên ngành",
    },
    "staff-policy": {
        3: "phụ cấp|chi phí đi lại|hỗ trợ đi lại|tiền đi lại|ăn trưa|cơm trưa|ăn giữa ca"
        "|xăng xe|nhà công vụ|nhà ở công vụ|làm việc xa|công tác xa nhà|xa nhà|lưu trú"
        "|thuê nhà|nghỉ hưu trước tuổi|thôi việc|không chuyên trách|nghị định 178"
        "|nghị định số 178/2024/nđ-cp|nghị định số 154/2025/nđ-cp|nghị định 67|xếp lương"
        "|nhà trọ|xa nơi cư trú|xa nơi ở|bữa trưa|ăn, nghỉ trưa|nghỉ trưa|bếp ăn tập thể"
        "|ưu đãi nghề|đã có quyết định nghỉ|hỗ trợ tiền ăn",
        2: "chế độ|đi lại|chính sách hỗ trợ|tiền ăn|chính sách cho cán bộ|bảo hiểm y tế"
        "|nghỉ tạm|nhà ở xa|tâm tư|quà tết cho cán bộ",
        1: "hỗ trợ|lương|cán bộ|km",
    },
    "training": {
        3: "tập huấn|bồi dưỡng|đào tạo|cầm tay chỉ việc|mở lớp|mở các lớp",
        2: "nghiệp vụ|kỹ năng|chuyên đề",
        1: "hướng dẫn",
    },
    "decentralisation": {
        3: "phân cấp|phân quyền|ủy quyền|thẩm quyền|hạn mức|cấp phép xây dựng nhà ở"
        "|được quyết định đầu tư|ranh giới thẩm quyền",
        2: "giao quyền|giao rõ|tự quyết định|cấp xã quản lý|phi địa giới",
        1: "cấp xã|quy định mới",
    },
    "budget": {
        3: "dự toán|chi thường xuyên|kinh phí|ngân sách|quyết toán|định mức chi|tạm cấp"
        "|bổ sung kinh phí|nhiệm vụ phát sinh|tự cân đối|dự phòng|tăng thu|khoản chi"
        "|tiết kiệm chi|mức chi",
        2: "tỷ đồng|triệu đồng|cấp bổ sung|nguồn kinh phí|chi trả|cân đối|thu trên địa bàn"
        "|tài chính",
        1: "hỗ trợ|nguồn|tiền",
    },
    "public-investment": {
        3: "đầu tư công|kế hoạch vốn|chủ trương đầu tư|giải ngân|trung hạn|chủ đầu tư"
        "|vốn đầu tư|danh mục đầu tư|quyết định đầu tư",
        2: "bố trí vốn|đầu tư xây dựng|nguồn vốn|dự án|hạ tầng|đầu tư",
        1: "xây dựng|công trình|khởi công",
    },
    "site-clearance": {
        3: "giải phóng mặt bằng|bồi thường|tái định cư|cưỡng chế|thu hồi đất|mặt bằng"
        "|bàn giao mặt bằng|gpmb|kiểm đếm|mồ mả|xây dựng mộ|nhận tiền đền bù",
        2: "giá đất|chi trả|không nhận tiền|đơn giá|hộ còn lại",
        1: "dự án",
    },
    "planning-zoning": {
        3: "quy hoạch|quy hoạch phân khu|phân khu|đồ án|quy hoạch chung|cắm mốc quy hoạch"
        "|vùng đệm",
        2: "điều chỉnh quy hoạch",
        1: "phê duyệt",
    },
    "land": {
        3: "đất đai|địa chính|giấy chứng nhận|sổ đỏ|tách thửa|hồ sơ địa chính|giao đất"
        "|thuê đất|sử dụng đất|đấu giá đất|lô đất|sổ địa chính|trích đo|quyền sử dụng đất"
        "|giá đất|chuyển mục đích|tách thưa",
        2: "bản đồ|thửa|đấu giá|đất ở|đất công",
        1: "đất|quản lý đất",
    },
    "alluvial-water-land": {
        3: "bãi bồi|đất bãi|mặt nước|đất mặt nước|bãi ngao|ngao|nuôi tôm|ngoài đê|lấn bãi"
        "|mặt nước biển|cọc|bãi ven sông|vây ngao|bãi",
        2: "ven biển|ven sông|nuôi trồng thủy sản|cho thuê",
        1: "hợp đồng",
    },
    "construction": {
        3: "giấy phép xây dựng|cấp phép xây dựng|trật tự xây dựng|vật liệu xây dựng|cát, đá"
        "|thẩm định thiết kế|cấp phép nhà xưởng|xin phép xây dựng|xây dựng lấn chiếm"
        "|chất lượng công trình|báo cáo kinh tế - kỹ thuật|các mỏ|vật liệu|nhà ở riêng lẻ"
        "|giá cát|nhà xưởng",
        2: "cấp phép|thẩm định|thiết kế|công trình|xây thêm",
        1: "xây dựng",
    },
    "transport": {
        3: "giao thông|mặt đường|tuyến đường|cầu phao|quốc lộ|đèn đường|ổ gà|rải nhựa"
        "|đường gom|cầu vượt|vỉa hè|tai nạn|đường tỉnh|cầu dân sinh|bến xe|xe khách"
        "|mở rộng đường|cầu yếu|xe tải|xe container|đoạn đường|cây cầu|làn đường|đường liên xã"
        "|đường trục|thông cầu|trạm cân|bóng led|thay bóng|lòng đường|đèn vàng",
        2: "đường|sạt lở|nút giao|xe chở",
        1: "biển báo|xe",
    },
    "drainage-infrastructure": {
        3: "thoát nước|ngập|chống ngập|rãnh|cống|ngập úng|nước thải khu|hố ga|trạm bơm tiêu"
        "|thoát nước đô thị|tiêu thoát|triều cường|nước mưa",
        2: "bồi lắng|trạm bơm|kênh|nạo vét",
        1: "mưa|úng|sông",
    },
    "offices": {
        3: "trụ sở làm việc|trụ sở mới|nhà làm việc|xây dựng trụ sở|cải tạo trụ sở"
        "|trụ sở xuống cấp|trụ sở ubnd|nơi làm việc|phòng làm việc|nâng cấp trụ sở"
        "|làm việc tại hai nơi|xây mới nhà làm việc|chỗ làm việc|trụ sở hiện tại",
        2: "trụ sở|xuống cấp|phòng họp|nhà cấp 4|hội trường",
        1: "chật|diện tích|xây mới",
    },
    "surplus-assets": {
        3: "dôi dư|tài sản dôi dư|trụ sở cũ|trụ sở xã cũ|bỏ trống|bỏ hoang|nhà, đất dôi dư"
        "|trụ sở các phường cũ|bỏ không|để không|tài sản công|bán trụ sở|trụ sở huyện ủy cũ"
        "|chuyển công năng|hoang hóa|trụ sở ubnd xã cũ|cơ sở nhà, đất|tiền bán"
        "|trụ sở huyện ủy, ủy ban cũ|thuê bảo vệ|trông coi|trụ sở còn lại|mất trộm"
        "|tài sản nhận bàn giao|thanh lý|nhà văn hóa dôi dư",
        2: "đấu giá|tài sản|trụ sở|sau sắp xếp",
        1: "cũ|bán",
    },
    "equipment": {
        3: "trang thiết bị|máy tính|máy quét|xe ô tô|ô tô|máy photo|xuồng|thiết bị làm việc"
        "|máy móc, thiết bị|máy móc|máy in|phương tiện làm việc|xe chuyên dùng|xe 7 chỗ"
        "|xe dùng chung",
        2: "thiết bị|phương tiện|máy chủ|mua sắm|trang bị|máy siêu âm|máy xét nghiệm",
        1: "xe|máy",
    },
    "network": {
        3: "đường truyền|cáp quang|tốc độ mạng|hạ tầng mạng|phủ sóng|sóng di động|mbps"
        "|lõm sóng|viễn thông|truyền số liệu|trạm bts|wifi|mạng internet",
        2: "mạng|kéo cáp|cáp|sóng",
        1: "kết nối",
    },
    "information-systems": {
        3: "phần mềm|hệ thống thông tin|cơ sở dữ liệu|liên thông|số hóa|chữ ký số|báo lỗi"
        "|chứng thư số|phân quyền, ký số|máy chủ|lỗi hệ thống|chia sẻ dữ liệu|mã định danh"
        "|nền tảng số|tài khoản khai thác|đồng bộ|hệ thống|dữ liệu",
        2: "tài khoản|lỗi|kết nối|ký số|đăng nhập|treo|cổng",
        1: "kỹ thuật|điện tử",
    },
    "administrative-procedures": {
        3: "thủ tục hành chính|thành phần hồ sơ|thủ tục|quá hạn|đúng hạn|trả kết quả"
        "|hồ sơ đất đai quá hạn|niêm yết|cắt giảm thủ tục|quy trình|đường dây nóng"
        "|nộp thêm giấy tờ|trước hạn|mức độ hài lòng",
        2: "hồ sơ|giấy tờ|phiếu hẹn|cấp phép lao động",
        1: "công khai|giải quyết|đi lại nhiều lần",
    },
    "online-services": {
        3: "dịch vụ công trực tuyến|trực tuyến|dịch vụ công|định danh|vneid|làm thay"
        "|công nghệ số cộng đồng|cổng dịch vụ công quốc gia|trên mạng|nộp hộ|ký số"
        "|hồ sơ trực tuyến|các dịch vụ công",
        2: "tài khoản|cổng dịch vụ công|người cao tuổi",
        1: "nộp",
    },
    "public-service-centre": {
        3: "trung tâm phục vụ hành chính công|trung tâm pvhcc|một cửa|tiếp công dân"
        "|phòng giao dịch|điểm phục vụ|khu vực chờ|quầy|điểm tiếp nhận|nơi tiếp nhận"
        "|hành chính công",
        2: "ghế|ngồi chờ|tiếp nhận",
        1: "người dân|chật hẹp",
    },
    "environment-waste": {
        3: "rác|rác thải|môi trường|vệ sinh môi trường|thu gom|lò đốt|bãi chôn lấp|khí thải"
        "|nước thải|xả thải|ô nhiễm|bụi|khói|điểm tập kết|nhà máy xử lý rác|mùi hôi"
        "|chất thải|đổ trộm|đốt|trại lợn|xe rác",
        2: "xử lý rác|vệ sinh|clanhke|hôi",
        1: "xử lý",
    },
    "education": {
        3: "giáo dục|giáo viên|học sinh|trường học|mầm non|tiểu học|trung học|học phí"
        "|sách giáo khoa|phòng học|lớp học|bán trú|hiệu trưởng|nhân viên trường học|dạy học"
        "|năm học|trường tiểu học|trường mầm non|sĩ số|trường thcs|phụ huynh",
        2: "trường|đứng lớp|ngành giáo dục|học",
        1: "tuyển dụng",
    },
    "health": {
        3: "y tế|bác sĩ|trạm y tế|bệnh viện|khám chữa bệnh|thực phẩm|máy siêu âm|thuốc"
        "|máy xét nghiệm|khám bệnh|điều dưỡng|dịch bệnh|an toàn thực phẩm|trạm",
        2: "ngành y tế|vệ sinh thực phẩm",
        1: "sức khỏe",
    },
    "culture-tourism": {
        3: "văn hóa|di tích|lễ hội|du lịch|thể thao|đền|nhà văn hóa|chùa|di sản|tu bổ"
        "|thư viện|dụng cụ thể dục|sân vận động|hát xẩm|hang|du khách|đình|tên thôn, làng cổ",
        2: "tham quan|homestay|khách|công viên|bản sắc",
        1: "truyền thống",
    },
    "agriculture": {
        3: "nông nghiệp|thủy lợi|kênh mương|vụ mùa|tưới|đê|trạm bơm|thủy sản|chăn nuôi|lúa"
        "|nuôi cá|cây trồng|kênh cấp|sản xuất nông nghiệp|nạo vét|tàu cá|cảng cá|hợp tác xã"
        "|vụ xuân|vụ đông|kênh dẫn|trồng màu|tiêu úng|cá lồng|ruộng|khuyến nông|giống|kênh"
        "|bèo|rừng|cỏ bèo",
        2: "bồi lắng|tổ máy|nông dân|xả lũ|sông|mương",
        1: "cống|úng",
    },
    "industry-trade": {
        3: "doanh nghiệp|khu công nghiệp|cụm công nghiệp|làng nghề|chợ|lao động nước ngoài"
        "|kinh doanh|hộ kinh doanh|hàng rong|đơn hàng|xưởng|xuất khẩu|sản phẩm|công thương",
        2: "công nhân|lao động|tiểu thương|thương mại",
        1: "sản xuất",
    },
    "security-defence": {
        3: "công an|quân sự|an ninh|phòng cháy|chữa cháy|tội phạm|phạm pháp|trật tự an toàn"
        "|xử phạt|tuần tra|trực sẵn sàng|an ninh trật tự|trật tự|camera|lừa đảo|trộm|dân quân"
        "|quốc phòng|cảnh sát|xung đột|xô xát|nhập ngũ|mất trộm|xe dừng đỗ",
        2: "vi phạm|quân số|xử lý nghiêm|tạm trú|bảo vệ dân phố",
        1: "xử lý",
    },
    "party-building": {
        3: "chi bộ|đảng viên|công tác đảng|cấp ủy|kiểm tra, giám sát|quy chế làm việc"
        "|tổ chức đảng|đảng bộ|ban xây dựng đảng|sinh hoạt đảng|cán bộ kiểm tra|giám sát chuyên đề",
        2: "đảng ủy|nghị quyết đại hội|tuyên giáo|dân vận|đảng",
        1: "giám sát",
    },
    "front-organisations": {
        3: "mặt trận|đoàn thể|tổ tự quản|trưởng thôn|tổ trưởng tổ dân phố|cán bộ thôn"
        "|tổ hòa giải|ban công tác mặt trận|hội cựu chiến binh|hội phụ nữ|đoàn thanh niên"
        "|cán bộ tổ dân phố|bí thư chi bộ",
        2: "tổ dân phố|thôn|xóm|giám sát việc",
        1: "phụ cấp",
    },
    "justice-civil-status": {
        3: "hộ tịch|chứng thực|khai sinh|khai tử|tư pháp|kết hôn|hòa giải|bản sao"
        "|văn bản quy phạm|pháp luật",
        2: "dữ liệu hộ tịch|đăng ký",
        1: "bản",
    },
    "science-technology": {
        3: "khoa học công nghệ|chuyển đổi số|đổi mới sáng tạo|công nghệ thông tin"
        "|nhân lực công nghệ|trí tuệ nhân tạo",
        2: "công nghệ",
        1: "số",
    },
    "social-welfare": {
        3: "hộ nghèo|người có công|an sinh|bảo trợ xã hội|trợ cấp|nhà ở xã hội|việc làm"
        "|cận nghèo|mai táng|mừng thọ|vay vốn|người cao tuổi|học nghề|người khuyết tật"
        "|dân tộc|bảo hiểm xã hội|nhà tạm|quà tết|thưởng tết|cắt giảm đơn hàng",
        2: "chính sách xã hội|các cụ|bảo hiểm|hỗ trợ hộ",
        1: "hỗ trợ",
    },
    "policy-harmonisation": {
        3: "ba tỉnh|ba tỉnh cũ|chính sách chung|thống nhất chính sách|thống nhất các chính sách"
        "|áp dụng chung|nghị quyết riêng|thống nhất mức|mức thống nhất|hợp nhất chính sách"
        "|ba tỉnh trước|cùng một tỉnh|khác nhau theo địa bàn cũ|thống nhất toàn tỉnh"
        "|ba khu vực cũ|song song tồn tại|hà nam cũ|nam định cũ|tỉnh cũ",
        2: "trước hợp nhất|dùng chung|thống nhất|cùng là|sáp nhập",
        1: "nghị quyết|chênh",
    },
    "organisation-apparatus": {
        3: "ban quản lý dự án|trung tâm dịch vụ công|thành lập|tổ chức bộ máy|sáp nhập thôn"
        "|chia tách|kiện toàn|mô hình|đơn vị sự nghiệp|phòng chuyên môn|tách lại thôn"
        "|sắp xếp thôn|kiêm nhiệm|quản lý dự án|tên thôn|trung tâm cung ứng|chức danh",
        2: "bộ máy|sắp xếp|giải thể|quy chế phối hợp|chức năng, nhiệm vụ",
        1: "trung tâm",
    },
    "other": {
        3: "điện lực|trạm biến áp|lưới điện|tin đồn|báo chí|mất điện|điện yếu|nước sạch"
        "|theo dõi nhiệm vụ|trả lời kiến nghị|biển hiệu|tiến độ trả lời|văn bản trả lời",
        2: "điện|theo dõi, đôn đốc|theo dõi",
        1: "văn bản|thông tin",
    },
}
