"""Write the sample .docx (from its .txt) and .xlsx again, to the same byte."""

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import xlsxwriter
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt


FOLDER = Path(__file__).resolve().parents[1] / "haicap" / "listen" / "samples"
BORN = datetime(2025, 11, 10, 8, tzinfo=UTC)

HEADERS = [
    ("STT", 6),
    ("Đơn vị kiến nghị", 18),
    ("Khó khăn, vướng mắc", 44),
    ("Nội dung ý kiến, kiến nghị", 52),
    ("Lĩnh vực", 24),
    ("Cơ quan chủ trì", 22),
    ("Cơ quan phối hợp", 22),
    ("Thời hạn", 13),
    ("Kết quả giải quyết, trả lời", 22),
    ("Số, ngày văn bản trả lời", 18),
    ("Ghi chú", 18),
]

UNIT = "Xã Bình Minh"
ROWS = [
    (
        "Diện tích đất bãi bồi, mặt nước ven biển lớn nhưng chưa có hướng dẫn thống "
        "nhất về quản lý, cho thuê sau khi không còn cấp huyện; hợp đồng cũ đã hết hạn.",
        "Đề nghị UBND tỉnh ban hành hướng dẫn cụ thể về quản lý, cho thuê, sử dụng đất "
        "bãi bồi, đất có mặt nước ven biển, kể cả các hợp đồng đã hết hạn.",
        "Đất bãi bồi, đất có mặt nước",
        "Sở Nông nghiệp và Môi trường",
        "Sở Tài chính; Sở Tư pháp",
        date(2025, 12, 31),
        "",
    ),
    (
        "Công chức địa chính, xây dựng, công nghệ thông tin vừa thiếu vừa chưa đúng "
        "chuyên môn.",
        "Đề nghị tỉnh bổ sung biên chế hoặc biệt phái công chức địa chính, xây dựng, "
        "công nghệ thông tin về xã.",
        "Biên chế và bố trí nhân lực",
        "Sở Nội vụ",
        "Ban Tổ chức Tỉnh ủy",
        None,
        "",
    ),
    (
        "Trụ sở làm việc chật, xuống cấp; các phòng chuyên môn phải ở hai nơi cách xa "
        "nhau.",
        "Đề nghị tỉnh hỗ trợ vốn cải tạo, mở rộng trụ sở làm việc của xã để bố trí tập "
        "trung các phòng chuyên môn.",
        "Trụ sở làm việc",
        "Sở Tài chính",
        "Sở Xây dựng",
        None,
        "",
    ),
    (
        "Trung tâm Phục vụ hành chính công của xã chật hẹp, không đủ chỗ chờ cho người "
        "dân.",
        "Đề nghị tỉnh bố trí kinh phí sửa chữa, mở rộng Trung tâm Phục vụ hành chính "
        "công xã.",
        "Trung tâm Phục vụ hành chính công",
        "Văn phòng UBND tỉnh",
        "Sở Tài chính",
        None,
        "",
    ),
    (
        "Đường truyền chập chờn vào giờ cao điểm, phần mềm một cửa có lúc không kết nối "
        "được với cơ sở dữ liệu quốc gia.",
        "Đề nghị Sở Khoa học và Công nghệ nâng cấp đường truyền và khắc phục lỗi kết nối "
        "của hệ thống giải quyết thủ tục hành chính.",
        "Đường truyền, hạ tầng mạng",
        "Sở Khoa học và Công nghệ",
        "",
        date(2025, 12, 15),
        "",
    ),
    (
        "Dự toán đầu năm giao theo nhiệm vụ của các xã cũ, chưa có kinh phí cho nhiệm vụ "
        "mới nhận từ cấp huyện.",
        "Đề nghị tỉnh bổ sung kinh phí cho các nhiệm vụ phát sinh sau sắp xếp chưa có "
        "trong dự toán.",
        "Ngân sách, kinh phí thường xuyên",
        "Sở Tài chính",
        "",
        None,
        "",
    ),
    (
        "Nhiều cán bộ, công chức nhà ở xa, mỗi ngày đi lại quãng đường dài.",
        "Đề nghị tỉnh có chính sách hỗ trợ chi phí đi lại, ăn trưa cho cán bộ, công chức, "
        "viên chức làm việc xa nơi ở.",
        "Chế độ, chính sách cho cán bộ",
        "Sở Nội vụ",
        "Sở Tài chính",
        None,
        "",
    ),
    (
        "Một số nhà văn hóa, điểm trường và trụ sở cũ bỏ trống sau sắp xếp, chưa có "
        "phương án sử dụng.",
        "Đề nghị tỉnh hướng dẫn và sớm phê duyệt phương án xử lý nhà đất dôi dư trên địa "
        "bàn xã.",
        "Tài sản, nhà đất dôi dư",
        "Sở Tài chính",
        "Sở Nông nghiệp và Môi trường",
        date(2026, 3, 31),
        "",
    ),
    (
        "Rác thải sinh hoạt tồn đọng do điểm tập kết nhỏ, lịch thu gom thưa.",
        "Đề nghị tỉnh quan tâm đầu tư điểm trung chuyển rác thải sinh hoạt và tăng tần "
        "suất thu gom, vận chuyển.",
        "Môi trường, rác thải",
        "Sở Nông nghiệp và Môi trường",
        "",
        None,
        "",
    ),
    (
        "Trường mầm non và tiểu học thiếu giáo viên so với định mức.",
        "Đề nghị tỉnh bổ sung biên chế giáo viên mầm non, tiểu học cho xã từ năm học tới.",
        "Giáo dục",
        "Sở Giáo dục và Đào tạo",
        "Sở Nội vụ",
        None,
        "Đã nêu tại hội nghị",
    ),
]


def main() -> None:
    """Both files are what this version of their sources makes."""
    text = (FOLDER / "hoi-nghi-129-xa.txt").read_text(encoding="utf-8")
    (FOLDER / "hoi-nghi-129-xa.docx").write_bytes(document(text))
    (FOLDER / "kien-nghi-xa-binh-minh.xlsx").write_bytes(workbook())


def document(text: str) -> bytes:
    """A Word document with one paragraph a line, in the dress of an office."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.paragraph_format.space_after = Pt(0)
    made.core_properties.title = text.partition("\n")[0]
    made.core_properties.author = "haicap"
    made.core_properties.comments = ""
    made.core_properties.created = made.core_properties.modified = BORN
    for number, line in enumerate(text.strip("\n").split("\n")):
        paragraph = made.add_paragraph()
        run = paragraph.add_run(line)
        if number == 0:
            run.bold = True
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif line:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Cm(1)
    raw = io.BytesIO()
    made.save(raw)
    return timeless(raw)


def timeless(raw: io.BytesIO) -> bytes:
    """The same archive without the hour at which it was written."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(raw) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(member))
    return out.getvalue()


def workbook() -> bytes:
    """The official table with one commune's recommendations."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True})
    book.set_properties({"title": f"Kiến nghị của {UNIT}", "created": BORN})
    sheet = book.add_worksheet("Kiến nghị")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    face = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True}
    cell = book.add_format(face | {"border": 1, "valign": "top"})
    day = book.add_format(
        face | {"border": 1, "valign": "top", "num_format": "dd/mm/yyyy"}
    )
    head = book.add_format(
        face | {"border": 1, "bold": True, "align": "center", "valign": "vcenter"}
    )
    title = book.add_format(face | {"bold": True, "align": "center", "font_size": 14})
    last = len(HEADERS) - 1
    sheet.merge_range(0, 0, 0, 4, "ỦY BAN NHÂN DÂN XÃ BÌNH MINH", title)
    sheet.merge_range(0, 5, 0, last, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", title)
    sheet.merge_range(1, 5, 1, last, "Độc lập - Tự do - Hạnh phúc", title)
    sheet.merge_range(3, 0, 3, last, "BIỂU TỔNG HỢP Ý KIẾN, KIẾN NGHỊ", title)
    for column, (name, width) in enumerate(HEADERS):
        sheet.set_column(column, column, width)
        sheet.write(5, column, name, head)
        sheet.write(6, column, f"({column + 1})", head)
    sheet.freeze_panes(7, 0)
    sheet.repeat_rows(5, 6)
    for number, row in enumerate(ROWS):
        difficulty, text, field, lead, coordinators, due, note = row
        at = 7 + number
        values = [
            number + 1, UNIT, difficulty, text, field, lead, coordinators,
            None, "", "", note,
        ]  # fmt: skip
        for column, value in enumerate(values):
            sheet.write(at, column, value, cell)
        if due:
            sheet.write_datetime(at, 7, datetime(due.year, due.month, due.day), day)  # noqa: DTZ001 - a cell has no time zone
    book.close()
    return raw.getvalue()


if __name__ == "__main__":
    main()
