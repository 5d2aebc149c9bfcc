"""Short forms and work of the bodies that official texts name, as data."""

from __future__ import annotations


# What departments and ministries do, in full; a text may use what no longer exists.
WORK = """Nội vụ|Tài chính|Xây dựng|Nông nghiệp và Môi trường|Giáo dục và Đào tạo|Y tế
|Khoa học và Công nghệ|Tư pháp|Công Thương|Văn hóa và Thể thao|Du lịch|Ngoại vụ
|Văn hóa, Thể thao và Du lịch|Dân tộc và Tôn giáo|Quy hoạch - Kiến trúc
|An toàn thực phẩm|Giao thông công chánh|Giao thông vận tải|Kế hoạch và Đầu tư
|Tài nguyên và Môi trường|Nông nghiệp và Phát triển nông thôn
|Lao động - Thương binh và Xã hội|Thông tin và Truyền thông|Công an|Quốc phòng
|Ngoại giao|Giao thông|Lao động"""
# Short forms of the work: "Sở NN&MT". Signs between the letters do not count.
SHORT_WORK = {
    "nnmt": "Nông nghiệp và Môi trường",
    "nn và mt": "Nông nghiệp và Môi trường",
    "nông nghiệp môi trường": "Nông nghiệp và Môi trường",
    "nông nghiệp": "Nông nghiệp và Môi trường",
    "nnptnt": "Nông nghiệp và Phát triển nông thôn",
    "tnmt": "Tài nguyên và Môi trường",
    "gdđt": "Giáo dục và Đào tạo",
    "giáo dục": "Giáo dục và Đào tạo",
    "khcn": "Khoa học và Công nghệ",
    "khoa học công nghệ": "Khoa học và Công nghệ",
    "khđt": "Kế hoạch và Đầu tư",
    "gtvt": "Giao thông vận tải",
    "gtcc": "Giao thông công chánh",
    "tttt": "Thông tin và Truyền thông",
    "vhtt": "Văn hóa và Thể thao",
    "vhttdl": "Văn hóa, Thể thao và Du lịch",
    "văn hóa": "Văn hóa, Thể thao và Du lịch",
    "lđtbxh": "Lao động - Thương binh và Xã hội",
    "dttg": "Dân tộc và Tôn giáo",
    "qhkt": "Quy hoạch - Kiến trúc",
    "attp": "An toàn thực phẩm",
    "tc": "Tài chính",
    "nv": "Nội vụ",
    "xd": "Xây dựng",
    "tp": "Tư pháp",
    "yt": "Y tế",
    "ct": "Công Thương",
    "dl": "Du lịch",
    "ngv": "Ngoại vụ",
}
# Short forms of whole bodies and of parts of their names, in lower case.
SHORT_BODY = {
    "ttpvhcc": "Trung tâm Phục vụ hành chính công",
    "tt pvhcc": "Trung tâm Phục vụ hành chính công",
    "trung tâm pvhcc": "Trung tâm Phục vụ hành chính công",
    "trung tâm hcc": "Trung tâm Phục vụ hành chính công",
    "trung tâm hành chính công": "Trung tâm Phục vụ hành chính công",
    "vpđkđđ": "Văn phòng đăng ký đất đai",
    "vpđk đất đai": "Văn phòng đăng ký đất đai",
    "vpđk": "Văn phòng đăng ký đất đai",
    "văn phòng đkđđ": "Văn phòng đăng ký đất đai",
    "bqlda": "Ban Quản lý dự án",
    "ban qlda": "Ban Quản lý dự án",
    "bql dự án": "Ban Quản lý dự án",
    "bql các kcn": "Ban Quản lý các khu công nghiệp",
    "bql": "Ban Quản lý",
    "ttptqđ": "Trung tâm Phát triển quỹ đất",
    "kbnn": "Kho bạc Nhà nước",
    "bhxh": "Bảo hiểm xã hội",
    "bchqs": "Bộ Chỉ huy Quân sự",
    "bch quân sự": "Bộ Chỉ huy Quân sự",
    "bđbp": "Bộ đội Biên phòng",
    "nhcsxh": "Ngân hàng Chính sách xã hội",
    "vnpt": "VNPT",
    "viettel": "Viettel",
    "evn": "EVN",
}
SHORT_PART = {
    "KT, HT và ĐT": "Kinh tế, Hạ tầng và Đô thị",
    "KT,HT&ĐT": "Kinh tế, Hạ tầng và Đô thị",
    "KT-HT-ĐT": "Kinh tế, Hạ tầng và Đô thị",
    "KTHTĐT": "Kinh tế, Hạ tầng và Đô thị",
    "VH-XH": "Văn hóa - Xã hội",
    "VHXH": "Văn hóa - Xã hội",
    "PVHCC": "Phục vụ hành chính công",
    "KT": "Kinh tế",
    "UBKT": "Ủy ban Kiểm tra",
}
# Syllables that go on a body's name after its first word: "Chi cục Quản lý đất đai".
GOES_ON = frozenset(
    """vụ hành chính công lý đất đai dự án đầu tư xây dựng trình giao thông nông nghiệp
    khu công kinh tế cửa khẩu sự trách bộ quân biên phòng cán tuyên giáo dân vận nội
    tra thể thao hội xã bảo hiểm nước nhà vực hạ tầng đô thị môi trường sản phát triển
    quỹ viễn cấp thoát thủy lợi khai thác điện lực lâm kiểm chăn nuôi thú y trồng trọt
    vệ thực vật chất lượng tin học chứng trợ giúp pháp khuyến xúc tiến thương mại du lịch
    văn hóa bệnh tật soát nghề dục xuyên tạo đăng ký liệu lưu trữ rừng phòng
    hộ đặc sạch thanh niên phụ nữ nông cựu chiến binh chữ thập đỏ người cao tuổi khoa
    học nghệ truyền hình bưu ương đội cảnh sát sở chuyên ngành tích danh thắng bồi
    thường mặt bằng tàu cá cảng hàng không đường bộ hải quan thuế chính trị nghiệm
    dịch tiền tệ tín dụng ngân tổng hợp doanh dừa lúa thủy làng đúc đồng mỹ rượu nuôi
    ngao hàu tôm chế sách chức tàu hạt chính sách vườn quốc gia việc làm""".split()
)
