"""Who speaks, who is asked and which communes are meant, in any province."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haicap.core.text.bodies import Level
from haicap.core.text.named import Communes
from haicap.core.text.offices import Offices
from haicap.core.text.plain import Plain
from haicap.core.text.reader import by_authority
from haicap.core.text.tagger import Tagged
from haicap.core.text.who import Who
from haicap.places import registry


KINDS = ("difficulty", "recommendation", "reply", "directive", "result")


def who(text):
    return Who(Plain(text), registry.gazetteer())


def told(text, words, kind="recommendation"):
    """Return speaker, addressee and communes of the words in a text."""
    reading = who(text)
    start = reading.text.index(words)
    end = start + len(words)
    voice = reading.speaker(start, end, kind)
    return (
        voice.name if voice else None,
        reading.addressee(start, end, kind, voice),
        list(reading.communes(start, end, kind, voice)),
    )


NEWS = "Chuyện ở biển\n\n"
REPORT = (
    "ỦY BAN NHÂN DÂN\nXÃ PÚNG LUÔNG\nSố: 1/BC-UBND\n\nBÁO CÁO\nKết quả tháng 9\n\n"
    "Kính gửi: UBND tỉnh Lào Cai\n\n"
)
LETTER = "UBND TỈNH HƯNG YÊN\nSỞ NỘI VỤ\nSố: 2/SNV\n\nKính gửi: UBND các xã\n\n"
NOTICE = (
    "UBND TỈNH PHÚ THỌ\nVĂN PHÒNG\nSố: 3/TB\n\nTHÔNG BÁO\n"
    "Kết luận của Phó Chủ tịch UBND tỉnh tại buổi kiểm tra\n\n"
)
DIALOGUE = (
    "UBND PHƯỜNG HOÀNG LIỆT\n\nBIÊN BẢN ĐỐI THOẠI\n"
    "giữa Chủ tịch UBND phường với đại diện cư dân\n\n"
)
VOTERS = "TỔNG HỢP KIẾN NGHỊ CỦA CỬ TRI\ngửi kỳ họp HĐND tỉnh\n\n"


@pytest.mark.parametrize(
    "text, words, speaker",
    [
        (NEWS + "Chủ tịch UBND xã Vĩnh Thực cho biết đường hỏng.", "đường hỏng", "xã Vĩnh Thực"),
        (NEWS + "Lãnh đạo đặc khu Cô Tô nêu: thiếu bác sĩ.", "thiếu bác sĩ", "đặc khu Cô Tô"),
        (NEWS + "“Sóng yếu lắm”, Bí thư Đảng ủy xã Vĩnh Thực nói.", "Sóng yếu", "xã Vĩnh Thực"),
        (NEWS + "Theo đại diện phường Tuần Châu, tàu neo sai chỗ.", "tàu neo", "phường Tuần Châu"),
        (NEWS + "Hai xã Thái Thụy và Đông Thụy Anh cùng nêu: giá thấp.", "giá thấp", "xã Thái Thụy; xã Đông Thụy Anh"),
        (NEWS + "Giám đốc Sở NN&MT trả lời: sẽ sửa cống.", "sẽ sửa", "Sở Nông nghiệp và Môi trường"),
        (NEWS + "Đại diện Chi cục Kiểm lâm giải thích: rừng đã giao.", "rừng đã", "Chi cục Kiểm lâm"),
        (NEWS + "Cử tri xã Vĩnh Thực phản ánh nước bẩn.", "nước bẩn", "cử tri xã Vĩnh Thực"),
        (NEWS + "Ông T., xã Vĩnh Thực, kể: “Đường hỏng”.", "Đường hỏng", "người dân xã Vĩnh Thực"),
        (NEWS + "Xã Vĩnh Thực họp. Xã đề nghị cấp điện.", "cấp điện", "xã Vĩnh Thực"),
        (REPORT + "1. Thiếu giáo viên.", "Thiếu giáo viên", "xã Púng Luông"),
        (LETTER + "1. Xã Tiên Lữ đề nghị thêm người.\nTrả lời: chưa có.", "thêm người", "xã Tiên Lữ"),
        (LETTER + "1. Xã Tiên Lữ đề nghị thêm người.\nTrả lời: chưa có.", "chưa có", "Sở Nội vụ"),
        (NOTICE + "1. Sở Y tế: mua thuốc.", "mua thuốc", "Phó Chủ tịch UBND tỉnh"),
        (NOTICE + "a) Xã Hạ Hòa xin kè bờ sông Thao dài 700 m: nhất trí.", "kè bờ", "xã Hạ Hòa"),
        (NOTICE + "a) Xã Hạ Hòa xin kè bờ sông Thao dài 700 m: nhất trí.", "nhất trí", "Phó Chủ tịch UBND tỉnh"),
        (DIALOGUE + "Bà L.K.P (tòa VP3): lớp quá đông.", "lớp quá", "người dân phường Hoàng Liệt"),
        (DIALOGUE + "Chủ tịch phường: sẽ xây trường.", "sẽ xây", "Chủ tịch UBND phường Hoàng Liệt"),
        (VOTERS + "1. Xây trạm phát sóng tại 7 bản (xã Mù Cả).", "Xây trạm", "cử tri xã Mù Cả"),
        (VOTERS + "1. Cử tri xã Mù Cả đề nghị xây trạm.", "xây trạm", "cử tri xã Mù Cả"),
    ],
)  # fmt: skip
def test_a_text_says_who_speaks(text, words, speaker):
    kind = (
        "reply"
        if speaker.startswith(("Sở", "Chủ tịch", "Phó", "Chi"))
        else "recommendation"
    )
    assert told(text, words, kind)[0] == speaker


@pytest.mark.parametrize(
    "text, words, addressee",
    [
        (REPORT + "Xã đề nghị Sở Nội vụ thêm hai người.", "đề nghị Sở Nội vụ thêm hai người", "Sở Nội vụ"),
        (REPORT + "Xã mong tỉnh mở đường.", "mong tỉnh mở đường", "tỉnh"),
        (REPORT + "3.1. Đối với Sở Tài chính: cấp thêm tiền.", "cấp thêm tiền", "Sở Tài chính"),
        (REPORT + "3. Đề xuất\n3.1. Đối với Sở Y tế, Sở Nội vụ\n- Tuyển thêm bác sĩ.", "Tuyển thêm", "Sở Y tế; Sở Nội vụ"),
        (REPORT + "Xã đề nghị UBND tỉnh có ý kiến với Bộ Y tế về thuốc.", "đề nghị UBND tỉnh có ý kiến với Bộ Y tế về thuốc", "UBND tỉnh; Bộ Y tế"),
        (REPORT + "Mở lớp học.", "Mở lớp học", "UBND tỉnh"),
        (NOTICE + "2. Nhiệm vụ\n- Sở Xây dựng: lắp cầu tạm; lập dự án.", "lập dự án", "Sở Xây dựng"),
        (NOTICE + "Giao Chi cục Thủy lợi kiểm tra đê.", "Giao Chi cục Thủy lợi kiểm tra đê", "Chi cục Thủy lợi"),
        (DIALOGUE + "Bà L.K.P (tòa VP3): mong sửa đường.", "mong sửa đường", "phường Hoàng Liệt"),
    ],
)  # fmt: skip
def test_a_text_says_who_is_asked(text, words, addressee):
    kind = "directive" if text.startswith(NOTICE) else "recommendation"
    assert told(text, words, kind)[1] == addressee


@pytest.mark.parametrize(
    "kind, addressee",
    [("difficulty", None), ("result", None), ("reply", "Sở Tư pháp")],
)
def test_only_an_ask_and_a_handing_over_have_an_addressee(kind, addressee):
    words = "sẽ chuyển Sở Tư pháp xem xét"
    assert told(NEWS + f"Sở Du lịch nói {words}.", words, kind)[1] == addressee


@pytest.mark.parametrize(
    "text, names",
    [
        ("các xã Thái Thụy, Đông Thụy Anh và Hưng Phú", ["xã Thái Thụy", "xã Đông Thụy Anh", "xã Hưng Phú"]),
        ("đặc khu Vân Đồn và phường Tuần Châu", ["đặc khu Vân Đồn", "phường Tuần Châu"]),
        ("XÃ PÚNG LUÔNG", ["xã Púng Luông"]),
        ("Tại xã A Lưới 3, mưa to.", ["xã A Lưới 3"]),
        ("Xã Vĩnh Thực họp. Ở Vĩnh Thực dân hỏi. Đường Vĩnh Thực hẹp.", ["xã Vĩnh Thực", "xã Vĩnh Thực"]),
        ("Điểm cầu Lũng Cú: thiếu nước, tỉnh Tuyên Quang", ["xã Lũng Cú"]),
        ("Bình Minh đến, nhà ở xã hội mọc lên", []),
        ("tỉnh Ninh Bình, xã Hải Thanh và xã Kim Sơn", ["xã Kim Sơn"]),
    ],
)  # fmt: skip
def test_communes_of_any_province_are_found(text, names):
    found = Communes(Plain(text), registry.gazetteer())
    assert [n for n in (name for _s, _e, name in found.places)][
        -len(names) or 99 :
    ] == names


def test_a_name_of_several_provinces_is_that_of_the_document():
    communes = Communes(
        Plain("Xã Cái Chiên, đặc khu Vân Đồn, đặc khu Cô Tô"), registry.gazetteer()
    )
    assert communes.province == "Quảng Ninh"


@pytest.mark.parametrize(
    "text, name, level",
    [
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo", Level.AGENCY),
        ("Sở KHCN", "Sở Khoa học và Công nghệ", Level.AGENCY),
        ("Ban Kinh tế - Ngân sách HĐND tỉnh", "Ban Kinh tế - Ngân sách HĐND tỉnh", Level.AGENCY),
        ("Trung tâm Phục vụ hành chính công tỉnh", "Trung tâm Phục vụ hành chính công tỉnh", Level.AGENCY),
        ("Chi cục Quản lý đất đai", "Chi cục Quản lý đất đai", Level.AGENCY),
        ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh", Level.AGENCY),
        ("Thường trực Tỉnh ủy", "Thường trực Tỉnh ủy", Level.PROVINCE),
        ("Phó Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh", Level.PROVINCE),
        ("Bộ Nông nghiệp và Môi trường", "Bộ Nông nghiệp và Môi trường", Level.CENTRE),
        ("các sở, ngành", "các sở, ngành", Level.AGENCY),
    ],
)  # fmt: skip
def test_a_body_is_read_by_its_grammar(text, name, level):
    communes = Communes(Plain(text + " họp."), registry.gazetteer())
    found = Offices(communes).all[0]
    assert (found.name, found.level) == (name, level)


@pytest.mark.parametrize("words", ["trụ sở mới", "cơ sở", "nhà ở xã hội", "cán bộ máy"])
def test_the_end_of_a_word_is_no_body(words):
    found = Offices(Communes(Plain(words), registry.gazetteer())).all
    assert not [n for n in found if n.level >= Level.AGENCY]


def test_an_answer_is_about_the_commune_that_raised_the_matter():
    text = NEWS + (
        "Xã Vĩnh Thực nêu cống Lân Hai hỏng cánh phai. Phường Tuần Châu kêu rác nhiều.\n\n"
        "Sở Xây dựng trả lời: cống Lân Hai hỏng cánh phai sẽ thay trong quý II."
    )
    assert told(text, "sẽ thay trong quý II", "reply")[2] == ["xã Vĩnh Thực"]


def test_the_voice_in_force_can_be_asked_at_any_place():
    reading = who(
        NEWS
        + "Xã Vĩnh Thực nêu đường hỏng. Sở Xây dựng trả lời sẽ sửa ở Cái Chiên, xã Cái Chiên."
    )
    place = reading.text.index("sẽ sửa")
    assert reading.voice_at(0) is None
    assert reading.voice_at(place).level is Level.AGENCY


WORDS = [
    "Xã", "xã", "phường", "Kim", "Sơn", "Sở", "Y", "tế", "đề", "nghị", "UBND", "tỉnh", ",", ".",
    ":", "“", "”", "\n", "1.", "-", "(", ")", "các", "và", "nói", "Chủ", "tịch", "|", "cử", "tri",
    "trả", "lời", "Kính", "gửi", "ông", "T.", "thôn", "hai", "Ban", "của", "kết", "luận", "=>",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.lists(st.sampled_from(WORDS)).map(" ".join), st.text()))
def test_any_text_has_an_answer_at_every_place(text):
    reading = who(text)
    size = len(reading.text)
    for start in range(0, size, max(1, size // 5)):
        for kind in KINDS:
            voice = reading.speaker(start, size, kind)
            to = reading.addressee(start, size, kind, voice)
            communes = reading.communes(start, size, kind, voice)
            assert to is None or to.strip(" ;")
            assert all(name.split()[0] in ("xã", "phường", "đặc") for name in communes)


@pytest.mark.parametrize(
    "text",
    [
        "Xã Kim Sơn đề nghị Sở Y tế cấp thuốc, UBND tỉnh nói “thế”, " * 400,
        "đến lượt chủ tịch chủ nhiệm đến lượt " * 600 + "Sở Y tế nói",
        "“" * 5000 + " xã Kim Sơn nói ",
        "\n" * 20000 + "xã Kim Sơn nói",
        "UBND " + " " * 20000 + "xã",
    ],
)
def test_a_text_out_of_shape_is_read_to_its_end(text):
    reading = who(text)
    assert reading.voices.changes == sorted(reading.voices.changes, key=lambda c: c[0])


MEETING = NOTICE.replace(
    "buổi kiểm tra", "buổi làm việc với các xã Mèo Vạc, Sơn Vĩ, Tát Ngà"
)


@pytest.mark.parametrize(
    "text, words, kind, speaker",
    [
        # An answer to several is given by the agency, whoever is named before it.
        (NEWS + "Phản hồi các địa phương, Phó Giám đốc Sở Y tế thông tin: sẽ bổ sung bác sĩ.", "sẽ bổ sung", "reply", "Sở Y tế"),
        (NEWS + "Báo cáo do Giám đốc Sở Nội vụ trình bày cho thấy, bộ máy đã kiện toàn.", "bộ máy", "result", "Sở Nội vụ"),
        # In a notice, what communes did is told by who concludes.
        (MEETING + "1. Ba xã nhận 11.420 hồ sơ, trả đúng hạn 97%.", "trả đúng hạn", "result", "Phó Chủ tịch UBND tỉnh"),
        (MEETING + "1. Xã Sơn Vĩ chưa chi vốn giao từ tháng 7.", "chưa chi vốn", "difficulty", "Phó Chủ tịch UBND tỉnh"),
        (MEETING + "II. VỀ ĐỀ NGHỊ CỦA CÁC XÃ\n\n1. Xã Tát Ngà có hai ý. Ý thứ nhất, xin thêm công chức.", "xin thêm", "recommendation", "xã Tát Ngà"),
        ("SỞ TÀI CHÍNH TỈNH GIA LAI\nSố: 1/TB-STC\n\nTHÔNG BÁO\nKết luận của Giám đốc Sở tại cuộc họp ngày 19/8/2026\n\n1. Chỉ được 60%.", "Chỉ được", "reply", "Giám đốc Sở Tài chính"),
        (NEWS + "Đại biểu HĐND tỉnh chất vấn, nêu: ba trạm không có bác sĩ.", "ba trạm", "difficulty", "đại biểu HĐND tỉnh"),
    ],
)  # fmt: skip
def test_who_answers_concludes_and_asks_in_notices_and_news(text, words, kind, speaker):
    assert told(text, words, kind)[0] == speaker


def test_a_count_of_communes_means_those_of_the_meeting():
    text = (
        NEWS + "Sở Nội vụ gặp các xã Đồng Văn, Lũng Cú, Sà Phìn. "
        "Sở Nội vụ nêu: 3 xã đã hoàn thành sắp xếp."
    )

    communes = told(text, "3 xã đã hoàn thành", "result")[2]

    assert communes == ["xã Đồng Văn", "xã Lũng Cú", "xã Sà Phìn"]


def test_an_office_of_a_count_of_communes_means_them_all_whoever_asks():
    text = (
        NEWS + "Sở Nội vụ gặp các xã Đồng Văn, Lũng Cú, Sà Phìn. "
        "Bí thư Đảng ủy xã Đồng Văn đề nghị UBND ba xã dán nội dung trả lời ở thôn."
    )

    told_of = told(text, "UBND ba xã dán nội dung", "recommendation")

    assert told_of[0] == "xã Đồng Văn"
    assert told_of[2] == ["xã Đồng Văn", "xã Lũng Cú", "xã Sà Phìn"]


def test_a_difficulty_is_about_the_communes_before_it_in_its_sentence():
    text = MEETING + "1. Tại Tát Ngà và Sơn Vĩ, hồ sơ đất đai còn tồn."

    assert told(text, "hồ sơ đất đai", "difficulty")[2] == ["xã Tát Ngà", "xã Sơn Vĩ"]


OF_COUNCIL = (
    "HỘI ĐỒNG NHÂN DÂN TỈNH LÂM ĐỒNG\nBÁO CÁO\n"
    "Tổng hợp ý kiến, kiến nghị của cử tri trước kỳ họp thứ ba HĐND tỉnh\n\n"
    "I. LĨNH VỰC GIAO THÔNG\n1. Cử tri xã Di Linh phản ánh cầu Tân Châu yếu.\n"
)


@pytest.mark.parametrize(
    ("line", "words", "speaker"),
    [
        ("2. Đề nghị lắp đèn đường (cử tri xã Đức Trọng).", "lắp đèn", "cử tri xã Đức Trọng"),
        ("2. Nội dung kiến nghị (cử tri xã Bảo Thuận): Lắp đèn đường.", "Lắp đèn", "cử tri xã Bảo Thuận"),
        ("Cử tri xã Bảo Thuận\n- Đường vào chợ hẹp.\n- Kiến nghị lắp đèn.", "lắp đèn", "cử tri xã Bảo Thuận"),
        ("2. Ông R.M., cử tri thôn 3, xã Bảo Thuận đề nghị lắp đèn.", "lắp đèn", "cử tri xã Bảo Thuận"),
        ("2. Cử tri toàn tỉnh đề nghị giảm phí.", "giảm phí", "cử tri"),
        ("2. Cử tri phường Cam Ly - Đà Lạt đề nghị lắp đèn.", "lắp đèn", "cử tri phường Cam Ly - Đà Lạt"),
    ],
)  # fmt: skip
def test_voters_are_known_by_brackets_labels_titles_and_villages(line, words, speaker):
    assert told(OF_COUNCIL + line, words)[0] == speaker


@pytest.mark.parametrize(
    "line",
    [
        "Sở Xây dựng có ý kiến như sau: Sẽ gia cố cầu trong quý I/2026.",
        "Về nội dung này, Sở Xây dựng trả lời: Sẽ gia cố cầu.",
    ],
)
def test_a_body_answers_voters_after_a_label(line):
    speaker, _asked, communes = told(OF_COUNCIL + line, "Sẽ gia cố", "reply")

    assert speaker == "Sở Xây dựng"
    assert communes == ["xã Di Linh"]


def test_what_somebody_says_he_did_is_an_answer_and_no_order():
    said = "UBND tỉnh đã giao Sở Xây dựng lập dự án"
    reading = who(OF_COUNCIL + said + " trong quý này.")
    start = reading.text.index(said)

    item = Tagged("directive", start, start + len(said), 0.8)
    found = by_authority(reading, item)

    assert (found.kind, found.speaker.name) == ("reply", "UBND tỉnh")


OF_FEW = "Bí thư Tỉnh ủy làm việc với các xã Tri Lễ, Mường Ham và Châu Tiến\n\n"
MANY_MORE = "Sở Nội vụ gặp 12 xã, trong đó có các xã Tri Lễ, Mường Ham, Châu Tiến\n\n"
OF_HOME = (
    "ỦY BAN NHÂN DÂN\nXÃ BÌNH LƯ\n\nBIÊN BẢN\nHọp giao ban\n\n"
    "Chủ trì: Chủ tịch UBND xã Bình Lư\n\n"
)
OF_VILLAGES = "HĐND XÃ KRÔNG NĂNG\n\nDANH MỤC\nKiến nghị của cử tri các thôn, buôn\n\n"
TABLE = (
    "TỔNG HỢP KIẾN NGHỊ CỦA CỬ TRI\n\n"
    "Số TT | Địa bàn | Cử tri kiến nghị | Đơn vị | Trả lời\n"
    "1 | Xã Đất Mũi | nâng lộ lên 50 phân | Sở Xây dựng | đã có vốn năm 2027\n"
)


@pytest.mark.parametrize(
    ("text", "words", "kind", "speaker"),
    [
        # Nobody asks himself, and who is told to act does not order it.
        (NEWS + "Bí thư Tỉnh ủy dự họp. Sở Nội vụ nêu ý kiến. Sở Nội vụ mở lớp trước 30/4.", "Sở Nội vụ mở", "directive", "Bí thư Tỉnh ủy"),
        (NEWS + "Bí thư Tỉnh ủy dự họp. Xã Vĩnh Thực báo cáo, đường phải sửa ngay.", "đường phải sửa", "directive", "Bí thư Tỉnh ủy"),
        (OF_HOME + "Phòng Kinh tế lập danh sách trước 15/6.", "lập danh sách", "directive", "Chủ tịch UBND xã Bình Lư"),
        # In a notice communes tell and ask, its leader answers.
        (NOTICE + "KẾT LUẬN\n\n1. Trong phần thảo luận, Chủ tịch UBND xã Vĩnh Thực cho hay giếng bị bẩn.", "giếng bị bẩn", "difficulty", "xã Vĩnh Thực"),
        (NOTICE + "1. Xã Vĩnh Thực kiến nghị trợ giá nước. Trả lời: đã có chủ trương.", "đã có chủ trương", "reply", "Phó Chủ tịch UBND tỉnh"),
        # Offices together have no voice: each speaks for itself.
        (LETTER + "Các cơ quan còn nợ trả lời 7 câu; hồ sơ chậm.", "hồ sơ chậm", "difficulty", "Sở Nội vụ"),
        # After what opens a sentence its subject speaks as if it stood first.
        (NEWS + "Xã Vĩnh Thực báo cáo. Trong khi đó, tại phường Tuần Châu, hồ sơ ùn ứ.", "hồ sơ ùn ứ", "difficulty", "phường Tuần Châu"),
        # "Các xã" are those of a meeting, unless it has more than it names.
        (OF_FEW + "Đại diện các xã kiến nghị tăng biên chế.", "tăng biên chế", "recommendation", "xã Tri Lễ; xã Mường Ham; xã Châu Tiến"),
        (MANY_MORE + "Đại diện các xã kiến nghị tăng biên chế.", "tăng biên chế", "recommendation", "các xã"),
        # Voters belong to the commune named before them, those of a village to its commune.
        (VOTERS + "Tại điểm tiếp xúc xã Vĩnh Thực, một cử tri phản ánh đường lầy lội.", "đường lầy lội", "difficulty", "cử tri xã Vĩnh Thực"),
        (VOTERS + "Ở xã Vĩnh Thực và xã Cái Chiên, cử tri phản ánh đường lầy lội.", "đường lầy lội", "difficulty", "cử tri xã Vĩnh Thực; cử tri xã Cái Chiên"),
        (OF_VILLAGES + "1. Cử tri thôn Lộc Thịnh:\n- đèn đường tắt gần một nửa.", "đèn đường tắt", "difficulty", "cử tri xã Krông Năng"),
        # Of two columns that say who, the second says who answers.
        (TABLE, "đã có vốn", "reply", "Sở Xây dựng"),
    ],
)  # fmt: skip
def test_who_may_order_ask_and_answer_decides_who_speaks(text, words, kind, speaker):
    assert told(text, words, kind)[0] == speaker


def test_a_hospital_and_the_whole_province_are_no_communes():
    text = OF_FEW + "Người bệnh phải tới Trung tâm Y tế Tri Lễ. Toàn tỉnh thiếu bác sĩ."

    assert told(text, "tới Trung tâm Y tế Tri Lễ", "difficulty")[2] == []
    assert told(text, "Toàn tỉnh thiếu bác sĩ", "difficulty")[2] == []


CONFERENCE = (
    "Hội nghị giữa Thường trực Tỉnh ủy và 92 xã, phường\n\n"
    "Báo cáo tóm tắt của Ban Tổ chức Tỉnh ủy nêu, bộ máy đã kiện toàn.\n\n"
)


@pytest.mark.parametrize(
    ("line", "words", "kind", "speaker"),
    [
        ("", "bộ máy đã", "result", "Ban Tổ chức Tỉnh ủy"),
        ("Đại biểu các xã, phường tập trung phản ánh: trụ sở chật.", "trụ sở chật", "difficulty", "các xã, phường"),
        ("Ý kiến của các xã, phường xoay quanh con người. Đó là thiếu kế toán.", "thiếu kế toán", "difficulty", "các xã, phường"),
        ("Các đại biểu phân tích: máy móc đã cũ.", "máy móc", "difficulty", "các xã, phường"),
        ("Các địa phương kiến nghị Tỉnh ủy, UBND tỉnh giao biên chế theo dân số.", "giao biên chế", "recommendation", "các xã, phường"),
        ("Theo đánh giá của Sở Y tế, cơ quan thường trực, trạm đã đủ thuốc.", "trạm đã đủ", "result", "Sở Y tế"),
        ("Giải đáp ý kiến của xã Sơn Vĩ, lãnh đạo Sở Y tế thông tin, tỉnh đã mua thuốc.", "tỉnh đã mua", "result", "Sở Y tế"),
        ("Sở Nội vụ cho hay sẽ tuyển thêm; Sở Y tế xác nhận đã mua máy.", "đã mua máy", "result", "Sở Y tế"),
        ("Bí thư Tỉnh ủy yêu cầu cấp ủy các xã nêu cao trách nhiệm. Xã Sơn Vĩ rà soát hồ sơ.", "rà soát hồ sơ", "directive", "Bí thư Tỉnh ủy"),
    ],
)  # fmt: skip
def test_who_speaks_in_a_conference_with_communes(line, words, kind, speaker):
    assert told(CONFERENCE + line, words, kind)[0] == speaker


def test_deputies_speak_in_a_session_of_the_council():
    text = "Phiên chất vấn của HĐND tỉnh\n\nĐại biểu đề nghị làm rõ: suối bị bẩn."

    assert told(text, "suối bị bẩn")[0] == "đại biểu HĐND tỉnh"


def test_a_letter_repeats_what_a_commune_asked_after_its_name():
    text = (
        "UBND TỈNH LÀO CAI\nSỞ XÂY DỰNG\nSố: 12/SXD\nV/v trả lời kiến nghị\n\n"
        "1. Về kiến nghị của UBND xã Bản Liền: Đường tỉnh 159 bị sạt.\n"
    )

    assert told(text, "Đường tỉnh 159")[0] == "xã Bản Liền"


def test_whose_orders_a_report_carries_out_does_not_write_it():
    text = (
        "UBND TỈNH NGHỆ AN\nSỞ XÂY DỰNG\nSố: 3/BC-SXD\n\nBÁO CÁO\nTổng hợp kiến nghị\n\n"
        "Thực hiện ý kiến chỉ đạo của Chủ tịch UBND tỉnh, Sở báo cáo:\n\n"
        "I. KẾT QUẢ\n\nĐã thẩm định 37 đồ án."
    )

    assert told(text, "thẩm định 37", "result")[0] == "Sở Xây dựng"


def test_in_the_minutes_of_a_briefing_each_speaks_after_his_label():
    text = (
        "BIÊN BẢN GIAO BAN\nChủ trì: Phó Chủ tịch UBND tỉnh\n\n"
        "Phần thứ hai: Ý kiến của các địa phương\n\n"
        "- Đồng chí Chủ tịch UBND phường Quế Võ: Khu tái định cư chưa xong."
    )

    assert told(text, "Khu tái định cư")[0] == "phường Quế Võ"


BORDER = (
    "UBND TỈNH CAO BẰNG\nVĂN PHÒNG\nSố: 9/TB\n\nTHÔNG BÁO\n"
    "Kết luận của Phó Chủ tịch UBND tỉnh tại buổi kiểm tra biên giới\n\n"
)


@pytest.mark.parametrize(
    ("line", "words", "kind", "communes"),
    [
        ("Đoàn kiểm tra các xã Đàm Thủy, Lý Quốc và Hạ Lang.\nGiao UBND ba xã cắm biển báo.", "cắm biển báo", "directive", ["xã Đàm Thủy", "xã Lý Quốc", "xã Hạ Lang"]),
        ("Đoàn đến xã Đàm Thủy. Đoàn đến xã Lý Quốc.\nUBND hai xã gửi danh sách hộ.", "gửi danh sách", "directive", ["xã Đàm Thủy", "xã Lý Quốc"]),
        ("Ba xã Đàm Thủy, Lý Quốc, Hạ Lang làm tốt. Ba xã đã thu 40 tấn rác; tiền phạt đạt 90 triệu đồng.", "tiền phạt đạt", "result", ["xã Đàm Thủy", "xã Lý Quốc", "xã Hạ Lang"]),
        ("1. Đường qua các xã Đàm Thủy, Lý Quốc:\n- Sở Xây dựng sơn lại vạch.\n2. Việc chung\n- Sở Y tế mua thuốc.", "sơn lại vạch", "directive", ["xã Đàm Thủy", "xã Lý Quốc"]),
        ("1. Đường qua các xã Đàm Thủy, Lý Quốc:\n- Sở Xây dựng sơn lại vạch.\n2. Việc chung\n- Sở Y tế mua thuốc.", "mua thuốc", "directive", []),
        ("1. Đường qua các xã Đàm Thủy, Lý Quốc:\n- Lý Quốc báo hỏng cống: Sở Xây dựng sửa cống.", "sửa cống", "directive", ["xã Lý Quốc"]),
    ],
)  # fmt: skip
def test_which_communes_a_count_or_a_heading_means(line, words, kind, communes):
    assert told(BORDER + line, words, kind)[2] == communes


FRONT = (
    "ỦY BAN MTTQ VIỆT NAM TỈNH BẮC NINH\nBAN THƯỜNG TRỰC\nSố: 5/BC\n\nBÁO CÁO\n"
    "Tổng hợp ý kiến, kiến nghị của cử tri\n\n"
)


@pytest.mark.parametrize(
    ("line", "words", "kind", "speaker"),
    [
        ("Cầu Đá ở xã Lục Ngạn đã gãy lan can.", "Cầu Đá", "difficulty", "cử tri xã Lục Ngạn"),
        ("Về nước. Kênh cạn từ tháng ba. Cử tri xã Lục Ngạn mong vét kênh.", "Kênh cạn", "difficulty", "cử tri xã Lục Ngạn"),
        ("Riêng cử tri xã Sơn Động còn xót ruột vì ba cây cầu bị cuốn.", "ba cây cầu", "difficulty", "cử tri xã Sơn Động"),
        ("Cử tri xã Sơn Động nói chuyện cũ: quy hoạch treo đã lâu.", "quy hoạch treo", "difficulty", "cử tri xã Sơn Động"),
    ],
)  # fmt: skip
def test_a_report_that_only_passes_on_what_voters_say_is_not_their_voice(
    line, words, kind, speaker
):
    assert told(FRONT + line, words, kind)[0] == speaker


def test_communes_that_head_the_parts_of_a_list_have_not_written_it():
    text = (
        VOTERS + "XÃ LỤC NGẠN\n\n1. Đường hỏng nặng.\n\nXÃ SƠN ĐỘNG\n\n2. Cầu đã gãy.\n"
    )

    assert told(text, "Đường hỏng", "difficulty")[0] == "cử tri xã Lục Ngạn"
    assert told(text, "Cầu đã gãy", "difficulty")[0] == "cử tri xã Sơn Động"


def test_a_line_between_the_rows_of_a_table_says_whose_asks_follow():
    text = (
        "BẢNG TRẢ LỜI KIẾN NGHỊ CỦA CỬ TRI\n\n"
        "STT | Nội dung kiến nghị | Trả lời | Cơ quan trả lời\n"
        "CỤM 1: xã Lục Ngạn\n"
        "1 | Kênh cạn nước. | Đã vét 3 km. | Sở Xây dựng\n"
        "CỤM 2: xã Sơn Động\n"
        "2 | Cầu đã gãy. | Đã sửa cầu. | Sở Xây dựng\n"
    )

    assert told(text, "Kênh cạn", "difficulty")[0] == "cử tri xã Lục Ngạn"
    assert told(text, "Cầu đã gãy", "difficulty")[0] == "cử tri xã Sơn Động"
    assert told(text, "Đã sửa cầu", "result")[0] == "Sở Xây dựng"


@pytest.mark.parametrize(
    ("line", "kind", "speaker"),
    [
        ("1. Cử tri xã Lục Ngạn xin sửa đường.\nTrả lời: đã có vốn (Sở Xây dựng).", "reply", "Sở Xây dựng"),
        ("1. Cử tri xã Lục Ngạn đề nghị Sở Y tế mua thuốc: đã có vốn.", "reply", "Sở Y tế"),
    ],
)  # fmt: skip
def test_who_answers_voters_stands_in_the_bracket_or_in_their_ask(line, kind, speaker):
    assert told(VOTERS + line, "đã có vốn", kind)[0] == speaker


VILLAGES = (
    "UBND XÃ CAO SƠN\n\nBIÊN BẢN HỌP\nChủ trì: Chủ tịch UBND xã\n"
    "Có mặt: Cảng vụ Đường thủy, Điện lực huyện cũ\n\n"
)


@pytest.mark.parametrize(
    ("line", "words", "kind", "speaker"),
    [
        ("- Đồng chí Trưởng phòng Kinh tế: đường đã có vốn.", "đường đã có", "reply", "Phòng Kinh tế xã Cao Sơn"),
        ("Bản Nà Lượng 1: cầu đã gãy.", "cầu đã gãy", "difficulty", "bản Nà Lượng 1"),
        ("[8h10] Thôn Đồng Heo nêu: cầu đã gãy.", "cầu đã gãy", "difficulty", "thôn Đồng Heo"),
        ("Anh lái xe thôn Đồng Heo: cầu đã gãy.", "cầu đã gãy", "difficulty", "thôn Đồng Heo"),
        ("1. Ý kiến của thôn Đồng Heo: Nhất trí. Bà con mong xã sửa cầu.", "sửa cầu", "recommendation", "thôn Đồng Heo"),
        ("Cảng vụ bắt lời: phao đã đặt mua.", "phao đã đặt", "reply", "Cảng vụ Đường thủy"),
        ("Thôn Đồng Heo xin bóng đèn. Chủ tịch: dân góp cột, xã mua bóng.", "dân góp cột", "reply", "Chủ tịch UBND xã Cao Sơn"),
    ],
)  # fmt: skip
def test_who_speaks_in_the_minutes_of_a_commune(line, words, kind, speaker):
    assert told(VILLAGES + line, words, kind)[0] == speaker


@pytest.mark.parametrize(
    ("line", "words", "kind", "speaker"),
    [
        ("Sở Xây dựng phúc đáp xã tự mua, Sở chỉ thẩm định.", "xã tự mua", "reply", "Sở Xây dựng"),
        ("b) Xã Bản Liền: cầu đã gãy.", "cầu đã gãy", "difficulty", "xã Bản Liền"),
        ("- Xã Bản Liền đề nghị Sở Xây dựng sửa cầu.", "sửa cầu", "recommendation", "xã Bản Liền"),
    ],
)  # fmt: skip
def test_a_commune_repeats_in_its_report_what_others_said(line, words, kind, speaker):
    assert told(REPORT + line, words, kind)[0] == speaker


@pytest.mark.parametrize(
    ("text", "words", "kind", "speaker"),
    [
        ("HỘI ĐỒNG NHÂN DÂN TỈNH NGHỆ AN\nBAN DÂN TỘC\n\nBÁO CÁO GIÁM SÁT\n\nĐã đi 14 công trình.", "Đã đi 14", "result", "Ban Dân tộc HĐND tỉnh"),
        (NEWS + "Ban Kinh tế - Ngân sách HĐND tỉnh đi khảo sát xã Ea Kar. Trưởng Ban Kinh tế - Ngân sách yêu cầu xã Bản Liền sửa cầu.", "sửa cầu", "directive", "Trưởng Ban Kinh tế - Ngân sách HĐND tỉnh"),
        ("BÁO GIA LAI\n\nXã Ia Pa nêu: cầu đã gãy. Sở Xây dựng cho biết đã có vốn.", "đã có vốn", "reply", "Sở Xây dựng"),
        (NEWS + "Các sở lần lượt đáp. Xây dựng: đường đã có vốn.", "đường đã có", "reply", "Sở Xây dựng"),
        (LETTER + "Bên cạnh kết quả, các địa phương còn gặp khó khăn, vướng mắc như: máy đã cũ; thiếu người.", "thiếu người", "difficulty", "các xã, phường"),
        (NOTICE + "Điều thứ hai. Về giải trình của các sở\nGiám đốc Sở Y tế cam kết cử bác sĩ lên trạm.", "cử bác sĩ", "reply", "Sở Y tế"),
        (NEWS + "Tại xã Ea Kar, phường Tuy Hòa đông người. Ở xã Ea Kar, người dân cho biết đường hỏng.", "đường hỏng", "difficulty", "người dân xã Ea Kar"),
    ],
)  # fmt: skip
def test_who_speaks_for_boards_departments_and_many(text, words, kind, speaker):
    assert told(text, words, kind)[0] == speaker


@pytest.mark.parametrize(
    ("line", "words", "kind", "speaker"),
    [
        ("[14:12] Thôn Đồng Heo: cầu đã gãy.", "cầu đã gãy", "difficulty", "thôn Đồng Heo"),
        ("— Công dân thứ hai (nam, tổ Hạ): cầu đã gãy.", "cầu đã gãy", "difficulty", "người dân xã Cao Sơn"),
        ("— Đại diện Trung tâm Phát triển quỹ đất: giá do tư vấn xác định.", "giá do", "reply", "Trung tâm Phát triển quỹ đất"),
        ("Ý kiến của bon Bu Đăr:\nCầu đã gãy từ tháng ba.", "Cầu đã gãy", "difficulty", "bon Bu Đăr"),
        ("Đồng chí Phó Bí thư Thường trực Đảng ủy xã yêu cầu: họp dân trước 30/11.", "họp dân", "directive", "Phó Bí thư Thường trực Đảng ủy xã Cao Sơn"),
        ("Việc giao như sau:\n\nSTT | Nội dung | Đơn vị chịu trách nhiệm\n1 | Rà từng thửa đất trước 30/11 | Phòng Kinh tế\n", "Rà từng thửa", "directive", "Chủ tịch UBND xã Cao Sơn"),
    ],
)  # fmt: skip
def test_who_speaks_by_hours_dashes_numbers_and_parts(line, words, kind, speaker):
    assert told(VILLAGES + line, words, kind)[0] == speaker


@pytest.mark.parametrize(
    ("line", "words", "kind", "speaker"),
    [
        ("Cử tri thứ nhất (xóm 4, xã Sơn Động): Hợp đồng chỉ một năm.", "Hợp đồng chỉ", "difficulty", "cử tri xã Sơn Động"),
        ("Hai cử tri của phường Nếnh cho hay giá đất thấp.", "giá đất", "difficulty", "cử tri phường Nếnh"),
        ("UBND xã Sơn Động cho rằng chỉ còn một công chức.", "chỉ còn một", "difficulty", "xã Sơn Động"),
        ("B1. Cử tri xã Sơn Động, xã Lục Ngạn\nHỏi: Đường hỏng đã lâu.", "Đường hỏng", "difficulty", "cử tri xã Sơn Động; cử tri xã Lục Ngạn"),
        ("B1. Cử tri xã Sơn Động\nHỏi: Đường hỏng.\nĐáp (Sở Xây dựng): đã có vốn sửa.", "đã có vốn", "reply", "Sở Xây dựng"),
        ("II - SỞ Y TẾ (03 kiến nghị)\n\nII.1. Cử tri xã Sơn Động\n- Kiến nghị: mua thuốc.\n- Trả lời: Đang chờ thầu.", "Đang chờ", "reply", "Sở Y tế"),
        ("(2) Kiến nghị của cử tri xã Sơn Động đề nghị Sở Y tế mua thuốc.", "đề nghị Sở", "recommendation", "cử tri xã Sơn Động"),
    ],
)  # fmt: skip
def test_who_speaks_among_voters(line, words, kind, speaker):
    assert told(FRONT + line, words, kind)[0] == speaker


@pytest.mark.parametrize(
    ("line", "words", "kind", "speaker"),
    [
        ("1. Xã Đàm Thủy xin nối đường. Giám đốc Sở Xây dựng: thiết kế đã hoàn thành.", "thiết kế đã", "reply", "Sở Xây dựng"),
        ("1. Riêng xã Lý Quốc làm tốt: giải ngân đạt 96%.", "giải ngân đạt", "result", "Phó Chủ tịch UBND tỉnh"),
        ("II. Ý KIẾN, KIẾN NGHỊ CỦA CÁC XÃ\n\nChủ tịch UBND xã Hạ Lang trình bày trước. Đề nghị tỉnh nạo vét kênh.", "Đề nghị tỉnh", "recommendation", "xã Hạ Lang"),
    ],
)  # fmt: skip
def test_who_speaks_in_a_notice_of_a_meeting(line, words, kind, speaker):
    assert told(BORDER + line, words, kind)[0] == speaker


def test_communes_that_speak_together_are_heard_wherever_they_stand():
    text = (
        NEWS
        + "Chuyện biển cũng nóng khi đại diện xã Kỳ Xuân, xã Cẩm Lạc cùng lên tiếng "
        "về hồ tôm hết hạn. Các xã này xin gia hạn một năm."
    )

    assert told(text, "hồ tôm", "difficulty")[0] == "xã Kỳ Xuân; xã Cẩm Lạc"
    assert told(text, "gia hạn một năm")[0] == "xã Kỳ Xuân; xã Cẩm Lạc"


def test_several_answer_in_one_cell():
    text = (
        "BIÊN BẢN LÀM VIỆC\nChủ trì: Chủ tịch UBND tỉnh\n\n"
        "TT | Đơn vị | Kiến nghị | Trả lời\n"
        "1 | Xã Triệu Cơ | Xin sửa trụ sở | Sở Tài chính: cấp 900 triệu đồng. Sở Xây dựng: cử kỹ sư giúp.\n"
    )

    assert told(text, "cấp 900", "reply")[0] == "Sở Tài chính"
    assert told(text, "cử kỹ sư", "reply")[0] == "Sở Xây dựng"


def test_who_asks_stands_in_the_bracket_after_the_word_that_asks():
    text = "SỞ TÀI CHÍNH\n\nBIÊN BẢN HỎI ĐÁP\n\nHỏi (xã Vạn Ninh): Phòng chờ chật.\nĐáp: Chờ dự án.\n"

    assert told(text, "Phòng chờ", "difficulty")[0] == "xã Vạn Ninh"
    assert told(text, "Chờ dự án", "reply")[0] == "Sở Tài chính"


def test_a_team_that_a_council_sent_speaks_for_itself():
    text = "HĐND TỈNH PHÚ THỌ\nĐOÀN GIÁM SÁT\n\nBÁO CÁO\n\nCấp xã đã cấp 9.412 giấy."

    assert told(text, "đã cấp 9.412", "result")[0] == "Đoàn giám sát"


def test_a_part_in_capitals_says_which_commune_is_meant():
    text = (
        BORDER
        + "Nhận xét chung. " * 40
        + "\n\nĐỐI VỚI XÃ LÝ QUỐC\n\nSở Xây dựng sửa cống."
    )

    assert told(text, "sửa cống", "directive")[2] == ["xã Lý Quốc"]


CLUSTER = (
    NEWS
    + "Sáng nay, Bí thư Tỉnh ủy làm việc với các xã Kim Sơn, Phát Diệm, Bình Minh.\n\n"
    "Xã Kim Sơn đề nghị tỉnh giao thêm biên chế cấp xã. "
)


@pytest.mark.parametrize(
    ("line", "words", "kind", "communes"),
    [
        ("Sở Tài chính thông tin, tỉnh đã tạm cấp cho mỗi xã 1,2 tỷ đồng.", "tỉnh đã tạm cấp cho mỗi xã", "result", ["xã Kim Sơn", "xã Phát Diệm", "xã Bình Minh"]),
        ("Bí thư Tỉnh ủy yêu cầu Sở Xây dựng cử người xuống từng xã.", "cử người xuống từng xã", "directive", ["xã Kim Sơn", "xã Phát Diệm", "xã Bình Minh"]),
        ("Sở Nội vụ cho biết tổng biên chế cấp xã của tỉnh giữ nguyên.", "tổng biên chế cấp xã của tỉnh", "reply", []),
        ("Sở Nội vụ cho biết chưa thể giao thêm biên chế lúc này.", "chưa thể giao thêm biên chế", "reply", ["xã Kim Sơn"]),
    ],
)  # fmt: skip
def test_each_commune_of_a_meeting_and_what_is_so_in_all_of_the_province(
    line, words, kind, communes
):
    assert told(CLUSTER + line, words, kind)[2] == communes
