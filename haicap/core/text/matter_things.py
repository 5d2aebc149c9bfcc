"""The things that are asked for, each with the ways of naming it.

One concept begins a line of THINGS; a line that begins with "|" goes on with it. Its
first way is the name that a reason on the screen shows. They stand under the kind of
thing they are, because "a surveyor" and "a surveying instrument" share every word but
the kind. The lists follow the 36 fields of work, not any set of documents.
"""

from __future__ import annotations


THINGS: dict[str, str] = {
    # What an act brings forth. It says the act again, so it weighs little.
    "act": """
hướng dẫn|văn bản hướng dẫn|hướng dẫn cụ thể|hướng dẫn thống nhất
quy định|quy chế|quy trình|quy chế quản lý
cơ chế, chính sách|cơ chế|chính sách|chính sách hỗ trợ|nghị quyết|đề án
văn bản quy phạm pháp luật|luật|thông tư|nghị định
phân cấp, ủy quyền|phân cấp|ủy quyền|phân quyền|thẩm quyền|giao thẩm quyền|giao quyền|trao quyền
|phân định thẩm quyền|tự quyết|tự quyết định|được quyết định
công khai|niêm yết
""",
    "people": """
biên chế|chỉ tiêu biên chế|biên chế giáo dục|biên chế sự nghiệp giáo dục|biên chế giáo viên
|chỉ tiêu giáo viên|biên chế ngành giáo dục|tuyển dụng|tuyển bổ sung|tuyển thêm|tuyển|thi tuyển
|xét tuyển|vị trí việc làm|định biên|nhân lực|nhân sự|tiếp nhận công chức|thiếu người
cán bộ, công chức|công chức|biên chế|chỉ tiêu biên chế|nhân lực|vị trí việc làm|cán bộ
|cán bộ công chức|viên chức|cbcc|cbccvc|đội ngũ|người làm việc|người làm|công chức chuyên môn
|cán bộ chuyên môn|công chức cấp xã
giáo viên|người đứng lớp|đứng lớp|thầy, cô|thầy giáo|cô giáo|người dạy|dạy lớp|biên chế giáo dục
|biên chế sự nghiệp giáo dục|biên chế giáo viên|chỉ tiêu giáo viên|biên chế ngành giáo dục|nhà giáo
|thầy cô|giáo viên đứng lớp|gv
nhân viên nuôi dưỡng|cô nuôi|cấp dưỡng|nhân viên nấu ăn|nhân viên cấp dưỡng
nhân viên trường học|kế toán trường học|văn thư trường học|nhân viên thư viện|nhân viên thiết bị
bác sĩ|bác sỹ|người khám bệnh|y sĩ|y sỹ|điều dưỡng|nhân viên y tế|cán bộ y tế|dược sĩ|hộ sinh
|nhân lực y tế|y bác sĩ|thầy thuốc
nhân viên y tế thôn|y tế thôn|y tế thôn bản|cô đỡ thôn bản|cộng tác viên dân số
thú y, khuyến nông|thú y|thú y viên|nhân viên thú y|khuyến nông|khuyến nông viên|bảo vệ thực vật
|khuyến ngư
công an xã|công an phường|công an chính quy|quân số công an|quân số|lực lượng công an
|chiến sĩ công an|cảnh sát khu vực
dân quân|dân quân tự vệ|dân quân thường trực|chỉ huy quân sự|ban chỉ huy quân sự
bảo vệ an ninh cơ sở|tổ bảo vệ an ninh trật tự|bảo vệ dân phố|lực lượng tham gia bảo vệ an ninh
|tổ bảo vệ an ninh|an ninh cơ sở
không chuyên trách|người hoạt động không chuyên trách|bán chuyên trách|hoạt động không chuyên trách
cán bộ thôn, tổ dân phố|trưởng thôn|bí thư chi bộ|trưởng khóm|trưởng buôn|trưởng làng|già làng
|trưởng ban điều hành khu phố|cán bộ ấp|cán bộ khóm|cán bộ khu phố|bí thư thôn|chi hội trưởng|tổ phó
|thôn đội trưởng|trưởng xóm|tổ trưởng|tổ trưởng tổ dân phố|tổ trưởng dân phố|cán bộ thôn
|cán bộ tổ dân phố|trưởng ấp|trưởng khu phố|trưởng bản|trưởng ban công tác mặt trận
|trưởng ban mặt trận|bí thư chi bộ thôn
biệt phái|điều động|luân phiên|điều chuyển cán bộ|điều chuyển công chức|luân chuyển
|tăng cường cán bộ|điều động, biệt phái
kiểm lâm|lực lượng bảo vệ rừng
tổ công nghệ số|tổ công nghệ số cộng đồng
hợp đồng lao động|lao động hợp đồng|ký hợp đồng|hợp đồng chuyên môn|hợp đồng giáo viên
""",
    "skill": """
địa chính|cán bộ địa chính|công chức địa chính|địa chính viên
công nghệ thông tin|cntt|tin học|chuyên ngành công nghệ thông tin|kỹ sư tin
kế toán|tài chính - kế toán|kế toán ngân sách
tư pháp - hộ tịch|tư pháp hộ tịch|công chức tư pháp|tư pháp
quy hoạch, xây dựng|chuyên ngành xây dựng|kỹ sư xây dựng|chuyên môn xây dựng|chuyên ngành quy hoạch
|quản lý xây dựng
""",
    "pay": """
đi lại|tiền đi đường|tiền đường|đi đường|đổ xăng|tiền đổ xăng|lộ phí|xăng xe|chi phí đi lại
|tiền đi lại|tiền xăng|tiền xăng xe|xăng dầu|phương tiện đi lại|vé xe|tiền tàu xe
ăn trưa|cơm trưa|ăn giữa ca|bữa trưa|tiền ăn|tiền ăn trưa|bếp ăn tập thể|nghỉ trưa|suất ăn trưa
làm việc xa nhà|xa nhà|làm việc xa|đi làm xa|công tác xa|công tác xa nhà|xa nơi ở|xa nơi cư trú
|cách xa|xa trụ sở|ở xa|nhà xa
thuê nhà|nhà công vụ|nhà ở công vụ|nhà trọ|chỗ ở|tiền thuê nhà|thuê trọ|tiền nhà|lưu trú|nhà tập thể
|nơi ở|thuê nhà ở
phụ cấp|mức phụ cấp|mức khoán|tiền phụ cấp|khoán phụ cấp|mức bồi dưỡng hằng tháng|sinh hoạt phí
|thù lao
tiền lương|lương|xếp lương|bậc lương|nâng lương|chuyển xếp lương|hệ số lương
thu hút, ưu đãi|phụ cấp thu hút|thu hút|ưu đãi nghề|phụ cấp ưu đãi|đãi ngộ|chế độ đãi ngộ
phụ cấp công vụ|phụ cấp một cửa|chế độ cho công chức một cửa
làm thêm giờ|ngoài giờ|dạy thừa giờ|thừa giờ|thêm giờ|làm ngày nghỉ|dạy tăng tiết
bảo hiểm y tế|bhyt|thẻ bảo hiểm y tế
bảo hiểm xã hội|bhxh|đóng bảo hiểm
chế độ nghỉ do sắp xếp|chế độ nghỉ|nghị định 178|nghị định số 178|nghị định 67|nghị định số 67
|nghị định 154|nghị định số 154|nghỉ hưu trước tuổi|nghỉ hưu sớm|thôi việc|đã nghỉ|quyết định nghỉ
|nghỉ việc|tinh giản biên chế|tinh giản|nghỉ chế độ|nghỉ công tác
công tác phí|khoán công tác phí
thi đua, khen thưởng|khen thưởng|thi đua
""",
    "money": """
nhiệm vụ phát sinh|phát sinh|ngoài dự toán|đột xuất|chưa có trong dự toán
|chưa được tính trong dự toán|nhiệm vụ mới|chưa bố trí trong dự toán|chưa giao dự toán
|bổ sung dự toán|chi phát sinh|nhiệm vụ đột xuất
chi thường xuyên|định mức chi|định mức phân bổ|định mức chi thường xuyên|chi hoạt động
|kinh phí hoạt động|kinh phí thường xuyên|định mức
quyết toán|quyết toán ngân sách|chốt sổ|khóa sổ
tỷ lệ điều tiết|điều tiết|phân chia nguồn thu|để lại|tỷ lệ phân chia|tỷ lệ để lại|được hưởng
|hưởng 100%|trích lại|nguồn thu
tiền sử dụng đất|thu tiền sử dụng đất|tiền đấu giá đất|tiền thuê đất|tiền đất
nợ xây dựng cơ bản|nợ đọng|nợ công trình|nợ khối lượng|trả nợ|thanh toán nợ
vốn đối ứng|đối ứng
chương trình mục tiêu quốc gia|ctmtqg|mục tiêu quốc gia
nông thôn mới|nông thôn mới nâng cao|nông thôn mới kiểu mẫu
giải ngân|kéo dài thời gian giải ngân|kéo dài vốn|chuyển nguồn|thanh toán vốn
đầu tư công trung hạn|kế hoạch đầu tư công|danh mục đầu tư công|kế hoạch trung hạn|danh mục đầu tư
tạm ứng|ứng vốn|ứng trước
học phí|miễn học phí|mức học phí|mức thu học phí
phí, lệ phí|lệ phí|mức thu phí|phí chứng thực
thuế|tiền thuế|thuế khoán
""",
    "building": """
trụ sở làm việc|trụ sở ubnd|nhà làm việc|trụ sở mới|trụ sở|trụ sở đảng ủy|trụ sở xã|trụ sở phường
|phòng làm việc|nơi làm việc|chỗ làm việc|công sở|trụ sở hành chính|trụ sở chính|khu hành chính
|khối nhà|dãy nhà|hội trường
trụ sở, tài sản dôi dư|dôi dư|trụ sở cũ|trụ sở xã cũ|trụ sở dôi dư|tài sản dôi dư|nhà, đất dôi dư
|nhà đất dôi dư|trụ sở bỏ không|bỏ không|bỏ hoang|bỏ trống|hoang hóa|không còn nhu cầu|không sử dụng
|không còn sử dụng|không dùng đến|không dùng tới|không dùng|không ai dùng|để không|dư ra|thừa ra
|bỏ phí|trụ sở ubnd xã cũ|trụ sở các xã cũ|trụ sở các phường cũ|tài sản công|nhà, đất công
|cơ sở nhà, đất|cơ sở nhà đất|trụ sở để trống|trụ sở dư|trụ sở thừa|tài sản sau sắp xếp
trung tâm phục vụ hành chính công|trung tâm hành chính công|ttpvhcc|trung tâm pvhcc|phòng giao dịch
|nơi tiếp công dân|tiếp công dân|bộ phận một cửa|một cửa cấp xã|một cửa|hành chính công
|nơi tiếp nhận hồ sơ|khu tiếp nhận|điểm tiếp nhận|điểm phục vụ|khu vực chờ|phòng chờ|quầy giao dịch
|quầy tiếp nhận
trường học|trường|trường lớp|cơ sở trường học|điểm trường|trường tiểu học|trường mầm non|trường thcs
|trường trung học cơ sở|trường trung học phổ thông
phòng học|lớp học|dãy phòng học|phòng học bộ môn|phòng chức năng|phòng bộ môn
nhà đa năng|nhà thể chất|nhà tập đa năng
trạm y tế|trạm xá|y tế xã|y tế cơ sở|về trạm|trạm y tế xã|trạm y tế phường
bệnh viện|phòng khám|trung tâm y tế|phòng khám đa khoa
nhà văn hóa|nhà sinh hoạt cộng đồng|nhà văn hóa thôn|hội trường thôn|nhà sinh hoạt|nhà văn hóa xóm
|nhà văn hóa khu phố|thiết chế văn hóa|trung tâm văn hóa
sân thể thao|sân vận động|sân bóng|khu thể thao|dụng cụ thể dục|sân chơi|khu vui chơi
công viên, cây xanh|công viên|cây xanh|vườn hoa|thảm cỏ
thư viện
di tích|đình|đền|chùa|di sản|miếu|từ đường|di tích lịch sử|khu di tích|tượng đài|nhà tưởng niệm
chợ|chợ dân sinh|chợ xã|chợ phường|tiểu thương|chỗ ngồi trong chợ|chợ đầu mối
nghĩa trang|nghĩa địa|nghĩa trang nhân dân|khu an táng|công viên nghĩa trang|mồ mả|mộ|xây dựng mộ
hỏa táng|lò hỏa táng|đài hóa thân|điện táng
nghĩa trang liệt sĩ|nghĩa trang liệt sỹ|mộ liệt sĩ
trụ sở công an|nhà làm việc công an|trụ sở làm việc công an|trụ sở công an xã|trụ sở công an phường
trụ sở quân sự|trụ sở ban chỉ huy quân sự|thao trường|doanh trại
nhà ở xã hội|nhà ở công nhân|nhà cho công nhân
nhà tạm, dột nát|nhà tạm|nhà dột nát|xóa nhà tạm|nhà đại đoàn kết
nhà vệ sinh|công trình vệ sinh
kho lưu trữ|lưu trữ|chỉnh lý tài liệu|tài liệu lưu trữ|kho tài liệu
nhà bán trú|bán trú|bếp ăn|nội trú
""",
    "road": """
đường giao thông|con đường|đường đất|đường nông thôn|lộ|con lộ|lộ nông thôn|lộ xi măng|đường sá
|đường bê tông nông thôn|đường vào|đường hẻm|đường liên ấp|đường liên bản|đường vào bản|điểm sụt
|tuyến tránh|tuyến tỉnh lộ|tuyến quốc lộ|tuyến|tuyến đường|mặt đường|đường|đường tỉnh|tỉnh lộ
|đường liên xã|đường liên thôn|đường trục|đường trục xã|đường thôn|đường ngõ|đường dân sinh
|đường nội thị|đoạn đường|mở rộng đường|nâng cấp đường|sửa đường|rải nhựa|trải nhựa|thảm nhựa
|bê tông hóa|ổ gà|lòng đường|hạ tầng giao thông|huyện lộ|đường huyện|quốc lộ|đường gom|đường bê tông
|đường nội đồng|giao thông nội đồng
cầu|cây cầu|cầu sắt|cầu ván|cầu khỉ|cầu cứng|cầu qua sông|ngầm tràn|cầu tràn|cống hộp|cầu dân sinh
|cầu yếu|cầu vượt|cầu phao|cầu treo|cầu cũ|cầu bê tông|cầu tạm
""",
    "traffic": """
đèn đường|chiếu sáng|điện chiếu sáng|đèn chiếu sáng|bóng đèn|bóng led|thay bóng|chiếu sáng công cộng
|hệ thống chiếu sáng|đèn cao áp
an toàn giao thông|đèn tín hiệu|biển báo|gờ giảm tốc|nút giao|ngã tư|đèn giao thông|vạch kẻ đường
|điểm đen|sơn kẻ|đèn vàng|gương cầu|rào chắn|đường ngang|hộ lan|đèn đỏ
vỉa hè|hè phố|lấn chiếm vỉa hè|lấn chiếm lòng đường
bến xe, bến bãi|bến xe|bãi đỗ xe|bãi xe|điểm đỗ xe|bến bãi|bãi đỗ
xe buýt|tuyến xe buýt|vận tải công cộng
bến đò, bến thuyền|bến đò|đò|tàu khách|tàu cao tốc|chuyến tàu|ghe|cầu cảng|bến cảng|cầu tàu
|bến thuyền|bến thủy|bến phà|đò ngang|phà
xe quá tải|quá tải|xe tải|xe container|xe chở vật liệu|trạm cân|xe chở đất|xe chở đá|xe ben|cấm tải
""",
    "water": """
thoát nước|hệ thống thoát nước|cống thoát nước|hệ thống cống|tiêu thoát nước|tiêu thoát|chống ngập
|chống úng|ngập úng|ngập|ngập lụt|thoát nước đô thị|trạm bơm tiêu|thoát lũ|ngập nước
rãnh thoát nước|rãnh|cống rãnh|mương thoát nước|hố ga|nắp cống|nắp hố ga|rãnh dọc
kênh, sông|kênh|sông|con kênh|con kinh|kinh|kinh mương|kinh nội đồng|rạch|con rạch|sông rạch
|kênh rạch|kinh rạch|xẻo|kênh cấp|mương|kênh mương|kênh tiêu|kênh tưới|kênh dẫn|hệ thống kênh
|sông nội đồng|ngòi|suối|lòng sông|kênh nội đồng|kênh trục|kiên cố hóa kênh mương
nạo vét|vét|lục bình|vớt lục bình|trục vớt|xáng cào|xáng múc|cào vét|phù sa bồi|cạn dòng|khai thông
|khơi thông|khơi thông dòng chảy|bồi lắng|bèo|vớt bèo|khơi dòng|rau bèo
trạm bơm|tổ máy|máy bơm|trạm bơm điện|trạm bơm tưới
đê, kè|đê|kè|bờ đê|đê điều|mặt đê|kè chống sạt lở|sạt lở bờ sông|bờ bao|đê bao|kè biển|đê biển
|kè sông|bờ sông|bờ biển|sạt lở
sạt taluy|taluy|sạt lở taluy|sạt lở đất|núi lở
hồ, đập|hồ chứa|đập|hồ đập|hồ thủy lợi|đập tràn
cống dưới đê|cống đầu mối|cống điều tiết|cống ngăn mặn|cống tưới
nước sạch|cấp nước|nước uống|nước ngọt|nước giếng|giếng khoan|bồn nước|trữ nước|nước tập trung
|nước sinh hoạt|nhà máy nước|nước máy|công trình nước|cấp nước tập trung|đường ống nước
lưới điện|trạm biến áp|máy biến áp|biến áp|điện|ngành điện|trạm điện|đường dây|điện áp|trạm hạ thế
|điện yếu|đường dây điện|điện lực|cột điện|điện sinh hoạt|điện lưới|nguồn điện|đường điện|mất điện
""",
    "equipment": """
máy tính|bộ máy tính|máy vi tính|máy tính để bàn|laptop|máy tính xách tay
|thiết bị công nghệ thông tin|thiết bị tin học
máy quét|máy scan|scan|máy quét tài liệu
máy in|máy photo|máy photocopy|máy in màu
trang thiết bị làm việc|trang thiết bị|thiết bị làm việc|thiết bị|máy móc|máy móc, thiết bị
|phương tiện làm việc|cơ sở vật chất|bàn ghế|bàn, ghế|điều hòa|trang thiết bị văn phòng
xe ô tô|ô tô|xe công|xe dùng chung|xe công vụ|xe phục vụ công tác|xe con|xe bán tải|xe 7 chỗ
xe cứu thương|xe cấp cứu
xe chữa cháy|phương tiện chữa cháy|phương tiện phòng cháy|thiết bị phòng cháy|xe cứu hỏa
|bình chữa cháy|trụ nước chữa cháy|họng nước chữa cháy
xuồng, ca nô|xuồng|ca nô|xuồng máy|tàu tuần tra|xuồng tuần tra|cano
máy chủ|server
thiết bị y tế|máy siêu âm|máy xét nghiệm|máy x-quang|thiết bị khám bệnh|máy điện tim
|trang thiết bị y tế|máy thở|dụng cụ y tế
thuốc, vật tư y tế|thuốc|vật tư y tế|danh mục thuốc|cấp phát thuốc|vắc xin|tiêm chủng
thiết bị dạy học|đồ dùng dạy học|thiết bị dạy học tối thiểu|bảng tương tác|màn hình tương tác
|bộ thiết bị
camera|camera an ninh|camera giám sát
truyền thanh|đài truyền thanh|loa truyền thanh|loa thông minh|cụm loa|loa phát thanh
|truyền thanh cơ sở|truyền thanh thông minh
họp trực tuyến|hội nghị trực tuyến|phòng họp trực tuyến|truyền hình hội nghị|phòng họp không giấy
máy đo đạc|máy đo|máy toàn đạc|thiết bị đo đạc|máy định vị|máy rtk|máy đo địa chính
máy lấy số|máy xếp hàng|kiosk|ki ốt|ki-ốt|màn hình tra cứu|hệ thống xếp hàng
quần áo, trang phục|trang phục|đồng phục|công cụ hỗ trợ
xe rác|xe chở rác|xe ép rác|xe gom rác|xe thu gom|thùng rác|xe đẩy rác
máy phát điện
""",
    "system": """
phần mềm|ứng dụng|hệ thống phần mềm|phần mềm dùng chung|phần mềm chuyên ngành|nền tảng số|nền tảng
hệ thống giải quyết thủ tục hành chính|web|trang web|trang dịch vụ công|hệ thống
|hệ thống thông tin giải quyết thủ tục hành chính|hệ thống một cửa|phần mềm một cửa|một cửa điện tử
|hệ thống tttthc|hệ thống thông tin|phần mềm giải quyết thủ tục hành chính
liên thông, kết nối|liên thông|nối thông|thông suốt|nhập một lần|nhập lại dữ liệu|nhập liệu|kết nối
|kết nối, liên thông|kết nối liên thông|đồng bộ|đồng bộ dữ liệu|chia sẻ dữ liệu|tích hợp
|dữ liệu quốc gia|nhập dữ liệu một lần|nhập nhiều lần|nhập hai lần|nhập lại
lỗi hệ thống|lỗi|lỗi phần mềm|treo máy|treo phần mềm|đơ|quay vòng|không vào được
|đăng nhập không được|văng ra|rớt mạng|sửa lỗi|khắc phục lỗi|báo lỗi|treo|nghẽn|ổn định hệ thống
|chập chờn|gián đoạn|sự cố
cơ sở dữ liệu đất đai|csdl đất đai|dữ liệu đất đai|hệ thống thông tin đất đai|phần mềm đất đai
|vbdlis
tài khoản, quyền truy cập|tài khoản|quyền truy cập|tài khoản khai thác|phân quyền tài khoản
|quyền khai thác|quyền tra cứu|mở quyền|cấp quyền|phân quyền sử dụng|quyền sử dụng phần mềm
chữ ký số|chứng thư số|ký số|sim ký số|usb ký số|thiết bị ký số|chữ ký số cá nhân
|chứng thư chữ ký số
dịch vụ công trực tuyến|nộp hồ sơ trực tuyến|hồ sơ trực tuyến|cổng dịch vụ công|trực tuyến
|dịch vụ công|nộp trực tuyến|dvc trực tuyến
định danh điện tử|vneid|định danh|căn cước|tài khoản định danh
quản lý văn bản|hệ thống quản lý văn bản|văn bản điện tử|mã định danh|trục liên thông
dữ liệu hộ tịch|cơ sở dữ liệu hộ tịch|hộ tịch điện tử|số hóa hộ tịch|sổ hộ tịch
số hóa|chuẩn hóa|làm sạch dữ liệu|số hóa hồ sơ|chuẩn hóa dữ liệu|số hóa tài liệu
hồ sơ, bản đồ địa chính|hồ sơ địa chính|sổ địa chính|bản đồ địa chính|bản đồ giấy|hồ sơ, bản đồ
|bản đồ 299|sổ mục kê
trang thông tin điện tử|cổng thông tin điện tử|cổng thông tin|website
trí tuệ nhân tạo|trợ lý ảo
an toàn thông tin|bảo mật|an ninh mạng|an toàn, an ninh mạng
thanh toán không dùng tiền mặt|không dùng tiền mặt|tài khoản ngân hàng|chi trả qua tài khoản
nhận tiền mặt|tiền mặt|chi trả tận nhà
học bạ số|hồ sơ sức khỏe điện tử|bệnh án điện tử
""",
    "network": """
đường truyền|cáp quang|tốc độ mạng|kéo cáp|dung lượng đường truyền|băng thông|đường truyền số liệu
|truyền số liệu|mạng internet|internet|tốc độ đường truyền|hạ tầng mạng|đường mạng|mạng lan
|mạng chuyên dùng|mạng yếu|mạng chậm|nâng tốc độ|các nhà mạng|nhà mạng|viễn thông
|doanh nghiệp viễn thông
phủ sóng|lõm sóng|sóng|mất sóng|bắt sóng|cột sóng|trạm thu phát sóng|vùng lõm|sóng di động|trạm bts
|sóng điện thoại|trạm phát sóng|4g|5g|sóng yếu
wifi|wifi miễn phí
""",
    "land": """
giấy chứng nhận|sổ đỏ|cấp giấy chứng nhận|cấp giấy|giấy chứng nhận quyền sử dụng đất|cấp sổ|làm sổ
|cấp đổi|cấp sổ đỏ|sổ hồng|gcnqsdđ
đo đạc|đo vẽ|trích đo|đo đạc bản đồ|đo đạc lại|đo đạc địa chính
cắm mốc, ranh giới|cắm mốc|mốc giới|ranh giới|địa giới|địa giới hành chính|cắm mốc giới
đất đai|quản lý đất đai|lĩnh vực đất đai
giá đất|giá đất cụ thể|xác định giá đất|giá đất bồi thường|định giá đất|thẩm định giá đất
|giá bồi thường|giá đền bù|giá khởi điểm
bảng giá đất
đơn giá bồi thường|bộ đơn giá|đơn giá|đơn giá đền bù|đơn giá cây trồng|đơn giá vật kiến trúc
|bảng giá bồi thường
bồi thường, giải phóng mặt bằng|giải phóng mặt bằng|gpmb|bồi thường|đền bù|mặt bằng
|bàn giao mặt bằng|phương án bồi thường|chi trả bồi thường|kiểm đếm|thu hồi đất
tái định cư|khu tái định cư|đất tái định cư|bố trí tái định cư
đấu giá đất|đấu giá quyền sử dụng đất|đấu giá|lô đất|đấu giá đất ở
giao đất, thuê đất|giao đất|thuê đất|cho thuê đất|giao đất ở|đất dịch vụ
chuyển mục đích|chuyển mục đích sử dụng|chuyển mục đích sử dụng đất|chuyển đổi mục đích
tách thửa|hợp thửa|diện tích tối thiểu|hạn mức giao đất
đất công ích|đất 5%|quỹ đất công|đất công|đất do xã quản lý|đất xen kẹt|quỹ đất
đất nông, lâm trường|nông trường|lâm trường|đất lâm nghiệp|đất rừng|giao rừng
dồn điền đổi thửa|tích tụ ruộng đất|dồn đổi ruộng đất|tích tụ đất
đất bãi bồi, mặt nước|đất bãi bồi|bãi bồi|đất bãi|bãi ven sông|bãi triều|đất bãi bồi ven sông
|đất ngoài đê|ngoài đê|ngoài bãi|bãi ngang|cồn bãi|đất có mặt nước|mặt nước|đất mặt nước
|mặt nước biển|mặt nước ven biển|khu vực biển|giao khu vực biển|mặt nước nuôi trồng
nuôi trồng thủy sản|nuôi ngao|bãi ngao|nuôi tôm|nuôi thủy sản|đầm nuôi|nuôi cá lồng|cá lồng|lồng bè
|nuôi biển|vây ngao
lấn chiếm đất|lấn chiếm|tranh chấp đất|tranh chấp|vi phạm đất đai|lấn chiếm đất công
dự án treo|quy hoạch treo|dự án chậm tiến độ
khoáng sản, vật liệu|khoáng sản|mỏ|mỏ đất|mỏ cát|khai thác cát|cát, đá|vật liệu san lấp|đất san lấp
|vật liệu xây dựng|cát tặc|khai thác đá|khai thác đất
""",
    "plan": """
quy hoạch chung, phân khu|quy hoạch chung|quy hoạch chung xã|quy hoạch chung đô thị
|quy hoạch xây dựng|quy hoạch xã|quy hoạch phân khu|phân khu|đồ án|đồ án quy hoạch
|quy hoạch chi tiết|đồ án quy hoạch chung|đồ án quy hoạch phân khu
quy hoạch|lập quy hoạch|điều chỉnh quy hoạch|phê duyệt quy hoạch|thẩm định quy hoạch
quy hoạch sử dụng đất|kế hoạch sử dụng đất|điều chỉnh quy hoạch sử dụng đất
""",
    "power": """
hạn mức đầu tư|hạn mức|hạn mức phân cấp|hạn mức quyết định|mức vốn|được quyết định đầu tư
|quyết định chủ trương đầu tư|chủ trương đầu tư|quyết định đầu tư|tổng mức đầu tư
|thẩm quyền quyết định đầu tư
cấp phép xây dựng|giấy phép xây dựng|cấp giấy phép xây dựng|phép xây dựng|cấp phép nhà ở|cấp phép
|nhà ở riêng lẻ|sửa chữa nhỏ
thẩm định thiết kế|thẩm định báo cáo kinh tế - kỹ thuật|báo cáo kinh tế - kỹ thuật
|báo cáo kinh tế kỹ thuật|thẩm định dự án|thẩm định công trình|thẩm định hồ sơ
xử phạt vi phạm|xử phạt|xử phạt vi phạm hành chính|xử lý vi phạm hành chính|mức phạt|cưỡng chế
trật tự xây dựng|vi phạm trật tự xây dựng|xây dựng trái phép|xây dựng không phép
quy chế phối hợp|cơ chế phối hợp|phối hợp liên ngành|quy trình phối hợp
đấu thầu|mua sắm tập trung|lựa chọn nhà thầu|chỉ định thầu|mua sắm
""",
    "organisation": """
ban quản lý dự án|quản lý dự án|ban qlda|ban quản lý dự án cấp xã|bqlda
trung tâm dịch vụ công|trung tâm cung ứng dịch vụ công|đơn vị sự nghiệp|trung tâm dịch vụ
|đơn vị sự nghiệp công lập|trung tâm cung ứng dịch vụ sự nghiệp công|cung ứng dịch vụ công
sắp xếp thôn|sáp nhập thôn|tách thôn|tách lại thôn|chia tách thôn|tên thôn|sáp nhập tổ dân phố
|đổi tên thôn|sắp xếp tổ dân phố|quy mô thôn|chia thôn
phòng chuyên môn|cơ cấu tổ chức|phòng kinh tế|phòng văn hóa - xã hội|chức năng, nhiệm vụ
|tổ chức bộ máy|bộ máy|số lượng cấp phó|cấp phó
kiêm nhiệm|kiêm giám đốc|chức danh giám đốc|chức danh kiêm nhiệm
con dấu, biển hiệu|con dấu|biển hiệu|biển tên
sắp xếp trường học|sáp nhập trường|sáp nhập các trường|liên trường
văn phòng đăng ký đất đai|chi nhánh văn phòng đăng ký đất đai
quy mô dân số|đông dân|dân số đông|theo dân số|dân số và khối lượng|loại đơn vị hành chính
|phân loại đơn vị hành chính|địa bàn rộng|khối lượng công việc|khối lượng hồ sơ|bình quân
|theo quy mô
""",
    "policy": """
chính sách chung sau hợp nhất|hợp nhất chính sách|áp dụng chung|dùng chung|chính sách chung
|thống nhất các chính sách|thống nhất chính sách|thống nhất mức|áp dụng thống nhất
|thống nhất toàn tỉnh|chính sách của ba tỉnh|chính sách của hai tỉnh|đồng bộ chính sách
|thay thế các nghị quyết|chính sách khác nhau|một mức chung|mức chung|cùng một mức
các tỉnh cũ|ba tỉnh|ba tỉnh cũ|ba vùng|ba tỉnh trước|hđnd ba tỉnh|hai tỉnh|hai tỉnh cũ
|các tỉnh trước hợp nhất|trước hợp nhất|trước sáp nhập|tỉnh cũ|ba khu vực
bồi dưỡng, tập huấn|tập huấn|bồi dưỡng|đào tạo|mở lớp|lớp bồi dưỡng|lớp tập huấn|cầm tay chỉ việc
|tập huấn nghiệp vụ|bồi dưỡng nghiệp vụ|đào tạo lại
thủ tục hành chính|tthc|thủ tục|thành phần hồ sơ|cắt giảm thủ tục|quy trình nội bộ|đơn giản hóa
|giấy tờ
đường dây nóng|số điện thoại|hotline
chứng thực|bản sao|ký chứng thực|sao y
khai sinh, khai tử|khai sinh|khai tử|kết hôn|đăng ký hộ tịch|hộ tịch
phi địa giới|phi địa giới hành chính
""",
    "waste": """
nhà máy xử lý rác|khu xử lý rác|xử lý rác|xử lý rác thải|lò đốt|lò đốt rác|bãi chôn lấp|chôn rác
|bãi rác|nhà máy rác|xử lý chất thải rắn|nhà máy xử lý chất thải|bãi rác tạm|khu xử lý chất thải
|xử lý rác tập trung|điện rác|nhà máy đốt rác|đốt rác|đốt rác phát điện|nhà máy rác thải
|xử lý rác thải sinh hoạt|nhà máy xử lý rác thải
thu gom rác|thu gom|xe thu gom|xe rác|xe gom rác|xe thu gom rác|chuyến thu gom
|thu gom, vận chuyển rác|vận chuyển rác|đi thu rác|lịch thu gom|thu rác|thu gom rác thải
rác|rác thải|rác thải sinh hoạt|chất thải|rác sinh hoạt
điểm tập kết rác|điểm tập kết|bãi tập kết|trạm trung chuyển|điểm trung chuyển
phân loại rác|phân loại rác tại nguồn
phí vệ sinh môi trường|giá dịch vụ thu gom|phí vệ sinh|giá thu gom
nước thải|xử lý nước thải|xả thải|nước thải sinh hoạt|trạm xử lý nước thải|hệ thống xử lý nước thải
|thu gom nước thải
khí thải, bụi|khí thải|bụi|khói|khói bụi|lọc khí|bụi đá
trại chăn nuôi|trại lợn|trang trại|chăn nuôi|trại gà|cơ sở chăn nuôi|chuồng trại
ô nhiễm|ô nhiễm môi trường|mùi hôi|ô nhiễm nguồn nước|môi trường|vệ sinh môi trường
tiếng ồn|karaoke|loa kéo
bao bì thuốc bảo vệ thực vật|vỏ thuốc bảo vệ thực vật|bể chứa vỏ thuốc
""",
    "life": """
người có công|thương binh|thân nhân liệt sĩ|gia đình liệt sĩ|liệt sĩ|liệt sỹ|gia đình chính sách
|bệnh binh|chất độc da cam|mẹ việt nam anh hùng
hộ nghèo|cận nghèo|hộ cận nghèo|giảm nghèo|thoát nghèo
bảo trợ xã hội|trợ cấp xã hội|đối tượng bảo trợ|trợ cấp|trợ giúp xã hội
người cao tuổi|các cụ|mừng thọ|người già|hội người cao tuổi|dưỡng lão
người khuyết tật|khuyết tật
quà tết|tặng quà|mức quà
vay vốn|tín dụng|khoanh nợ|giãn nợ|nợ ngân hàng|vốn vay|ngân hàng chính sách|vay ưu đãi|mức vay
|cho vay
học nghề, việc làm|học nghề|việc làm|đào tạo nghề|giải quyết việc làm|xuất khẩu lao động
dân tộc thiểu số|đồng bào dân tộc|dân tộc|vùng đồng bào
trẻ em, đuối nước|đuối nước|trẻ em|bể bơi|dạy bơi
học sinh|học sinh nghèo|bữa ăn học sinh|tiền ăn học sinh
tuyển sinh|phân tuyến tuyển sinh|tuyển sinh đầu cấp
sách giáo khoa|sgk
dạy hai buổi|hai buổi/ngày|2 buổi/ngày|hai buổi
trường chuẩn quốc gia|chuẩn quốc gia
an toàn thực phẩm|thực phẩm|vệ sinh an toàn thực phẩm
lễ hội|bản sắc|văn nghệ|câu lạc bộ
du lịch|khách du lịch|du lịch cộng đồng|homestay|du khách
thiên tai, thiệt hại|thiên tai|giông lốc|lốc xoáy|lũ quét|lũ ống|triều cường|mưa đá|rét đậm|bão|lũ
|xả lũ|thiệt hại|khắc phục hậu quả|bão lũ|mưa bão
di dời dân|di dời|di dời khẩn cấp|sắp xếp dân cư|bố trí dân cư|ổn định dân cư|vùng sạt lở
|di dời các hộ|di dân
dịch bệnh vật nuôi|dịch tả lợn|tiêm phòng|dịch bệnh|tả lợn châu phi|vật nuôi
giống, phân bón|giống|phân bón|giống lúa|cây giống|con giống|vật tư nông nghiệp
sản phẩm, nhãn hiệu|ocop|truy xuất nguồn gốc|tem truy xuất|nhãn hiệu|thương hiệu|nhãn hiệu tập thể
|chỉ dẫn địa lý|tiêu thụ nông sản|tiêu thụ sản phẩm|đầu ra
hợp tác xã|htx|tổ hợp tác
tàu cá|ngư dân|cảng cá|khai thác thủy sản|đánh bắt|giám sát hành trình|khu neo đậu|âu thuyền
|cửa biển|luồng lạch|đánh bắt xa bờ
rừng|trồng rừng|cháy rừng|bảo vệ rừng|phòng cháy chữa cháy rừng
tưới, sản xuất|tưới|tưới tiêu|tiêu úng|đổ ải|lấy nước|hạn hán|nước tưới|xâm nhập mặn
chuột, sâu bệnh|chuột|diệt chuột|ốc bươu vàng|sâu bệnh
khu công nghiệp|kcn|khu kinh tế
cụm công nghiệp|ccn
làng nghề|nghề truyền thống|làng nghề truyền thống
doanh nghiệp|thu hút đầu tư|nhà đầu tư|hộ kinh doanh|xúc tiến đầu tư
lao động nước ngoài|giấy phép lao động
phòng cháy chữa cháy|pccc|phòng cháy|chữa cháy|cháy nổ
ma túy, tệ nạn|ma túy|tệ nạn|tệ nạn xã hội|cai nghiện|nghiện
trộm cắp, lừa đảo|trộm cắp|trộm|lừa đảo|tín dụng đen|tội phạm
tuần tra|tuần tra kiểm soát|tuần tra đêm|mật phục
an ninh trật tự|trật tự|an ninh|trật tự xã hội
chó thả rông|vật nuôi thả rông
nghĩa vụ quân sự|tuyển quân|nhập ngũ
đảng viên, chi bộ|đảng viên|chi bộ|sinh hoạt chi bộ|kết nạp đảng|đảng phí|công tác đảng|tổ chức đảng
kiểm tra, giám sát của đảng|ủy ban kiểm tra|kiểm tra đảng|cán bộ kiểm tra|kiểm tra, giám sát
mặt trận, đoàn thể|mặt trận|đoàn thể|hội phụ nữ|hội nông dân|cựu chiến binh|đoàn thanh niên
|tổ chức chính trị - xã hội
dữ liệu dân cư|dân cư
hòa giải|tổ hòa giải|hòa giải ở cơ sở
tiếp xúc cử tri|trả lời cử tri|trả lời kiến nghị
""",
}
