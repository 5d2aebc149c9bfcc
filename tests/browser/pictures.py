"""Small pictures for the manual: 256 colours are plenty for a screen of words."""

import base64
import struct
import zlib
from pathlib import Path

from playwright.sync_api import Page


REDUCE = """async (picture) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const [wide, high] = [image.width, image.height];
    const canvas = new OffscreenCanvas(wide, high);
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const pixels = pen.getImageData(0, 0, wide, high).data;
    const key = (at) => (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
    const counts = new Map();
    for (let at = 0; at < pixels.length; at += 4) {
        counts.set(key(at), (counts.get(key(at)) ?? 0) + 1);
    }
    const ranked = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
    const far = (a, b) => ((a >> 16) - (b >> 16)) ** 2
        + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
    // The commonest colours that differ enough to be told apart.
    const palette = [];
    for (const colour of ranked) {
        if (palette.length === 256) break;
        if (palette.every((known) => far(known, colour) > 120)) palette.push(colour);
    }
    const nearest = new Map();
    for (const colour of ranked) {
        let best = 0;
        palette.forEach((known, i) => {
            if (far(known, colour) < far(palette[best], colour)) best = i;
        });
        nearest.set(colour, best);
    }
    let rows = "";
    for (let at = 0; at < pixels.length; at += 4) {
        rows += String.fromCharCode(nearest.get(key(at)));
    }
    return [wide, high, palette, btoa(rows)];
}"""


def keep(page: Page, path: Path, *, full: bool = False) -> None:
    """Write a picture of the page, with at most 256 colours."""
    drawn = page.screenshot(full_page=full, animations="disabled", scale="css")
    blank = page.context.new_page()
    wide, high, palette, rows = blank.evaluate(REDUCE, base64.b64encode(drawn).decode())
    blank.close()
    path.write_bytes(png(wide, high, palette, base64.b64decode(rows)))


def png(wide: int, high: int, palette: list[int], rows: bytes) -> bytes:
    """Return a picture with a palette; every row begins with its filter, none."""
    lines = b"".join(b"\0" + rows[at : at + wide] for at in range(0, len(rows), wide))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(colour.to_bytes(3, "big") for colour in palette)),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body))
        + name
        + body
        + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
