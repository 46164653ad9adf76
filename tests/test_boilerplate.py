"""The table of boilerplate: each row takes its example, and nothing takes the story."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Removed
from pipelines import bylines
from pipelines.boilerplate import BLOCKS, LINES, LONGEST, block_row, line_row
from pipelines.clean import prune, sift
from pipelines.markup import parse
from pipelines.paragraphs import Paragraph
from pipelines.people import people
from pipelines.rules import Rules
from tests.steady import steady

SITE = frozenset({"kabarserayu.com", "kabarserayu", "kabar serayu"})
LONG = "Sebanyak 120 keluarga di Desa Karangduwur mulai memakai sumur bor yang dibangun dari dana desa itu."

SEEN = """
    Baca Juga :  Golkar Usung Calon
    BACA JUGA:Harga Cabai Turun
    Baca juga: Stok Beras Cukup
    (Baca juga: Stok Beras Cukup)
    [Baca Juga : Stok Beras Cukup]
    Simak juga
    Simak Video "Detik-detik Banjir"
    [Gambas:Video 20detik]
    SCROLL TO CONTINUE WITH CONTENT
    ADVERTISEMENT
    Scroll untuk lanjut
    Halaman Selanjutnya
    Bagikan
    BAGIKAN
    Bagikan artikel ini melalui
    Bagikan Artikel Ini
    Share on Facebook/Twitter
    Share on Facebook
    Ikuti kami di Google News
    Cek berita dan artikel yang lain di Google News dan ikuti WhatsApp channel Kabar Serayu
    Dapatkan update berita pilihan dan breaking news setiap hari dari Kabar Serayu
    Silakan baca konten menarik lainnya dari Kabar Serayu di Google News
    Ikuti perkembangan berita ini dalam topik:
    Rekomendasi untuk anda
    Jangan Lewatkan!
    EDITOR'S CHOICE
    BERITA TERKAIT
    Berita Terbaru :
    Berita Terkini
    Berita Rekomendasi
    Follow Us
    Scroll to Top
    COPYRIGHT © ANTARA 2016
    Silahkan login untuk berkomentar
    Silakan masuk untuk berkomentar
    Halaman: 1 2 3
    • Bagikan
    - Bagikan:
    Lihat Juga: Video Panen Raya
    Baca Selengkapnya: Jadwal Pemadaman
    Hak Cipta Dilindungi Undang-Undang
    © 2021 Kabar Serayu
    Bagikan ke WhatsApp
    Tinggalkan komentar
    Iklan
    Simak video: Panen Raya
    Kabarserayu.com
    KABAR SERAYU
    Foto: Wulan/Kabar Serayu
    (Foto: Dok. Humas)
    (Foto Istimewa)
    Foto: dok. Pemdes Garung
    Ilustrasi: Wulan Paramita
    Warga mengantre air. (Foto: Dok. Humas Pemkab)
    Warga mengantre air.-Foto: Wulan-
    Baca: Jalur Dieng Ditutup Dua Hari
    Berita Terkait: Pasar Wage Pindah Sementara
    Pilihan Editor: Kopi Sindoro Mendunia
    Artikel Menarik: Cara Warga Merawat Mata Air
    Nikmati konten premium Kabar Serayu mulai dari Rp 10.000
    Langganan sekarang untuk akses penuh
    Artikel ini kiriman pembaca; isi di luar tanggung jawab redaksi.
    Terima kasih telah membaca Kabar Serayu
    Tags:
    Topik Terkait
    #panen #kentang #garung
    Halaman 1 dari 3
    Selanjutnya
    Lihat Semua
    Baca selengkapnya di halaman selanjutnya
    Artikel ini telah tayang di kabarserayu.com dengan judul "Panen Kentang"
    Berita ini sudah diterbitkan di kabarserayu.com
    Ikuti berita Kabar Serayu di Google News
    Gabung di channel WhatsApp Kabar Serayu
    Unduh aplikasi Kabar Serayu di Android
    Artikel Lainnya
    Pilihan Redaksi
    You may also like
    Jangan sampai ketinggalan berita terbaru dari kami
    3 Komentar
    Lanjutkan membaca
    Powered by Kabar
"""

STORY = """
    Bupati bagikan 500 paket sembako kepada warga lereng Sindoro.
    Bagikan brosur, pasang spanduk, dan umumkan lewat masjid: begitu cara panitia memberi tahu pembeli.
    Bagikan masker ke warga, polisi turun ke pasar.
    Bagikan artikel ini kepada murid, pesan kepala sekolah kepada para guru.
    Bagikan 500 bibit kopi.
    Sebarkan berita ini ke seluruh desa, pinta camat, agar tidak ada yang terlambat mendaftar.
    “Jangan lupa baca juga petunjuk pemakaiannya,” pesan kepala desa.
    “Baca juga: aturan pakai,” begitu bunyi stiker di keran umum.
    "Baca juga petunjuk di kemasan," kata apoteker.
    Warga diminta baca juga pengumuman di balai desa.
    Baca juga dilakukan siswa di bawah pohon karena perpustakaan belum punya atap.
    Simak juga dilakukan para juri dengan saksama selama lima hari.
    Lihat juga wajah anak-anak itu, kata camat, mereka senang.
    Tonton video “Luk Ulo Bangkit” itu, camat terharu.
    Lihat video "banjir" yang beredar, Bupati meminta warga tenang.
    Simak video pembelajaran kini menjadi kebiasaan murid di Pulau Rimau.
    Video itu beredar sejak Rabu.
    Sumber air di Desa Karangduwur kembali mengalir.
    Sumber Air: debit Kali Luk Ulo sedang tinggi, sehingga warga bergantian.
    Sumber: warga di tiga desa mengaku belum menerima bantuan sampai hari ini
    Sumber dana berasal dari provinsi.
    “Sumber: air kami hanya satu,” tulis warga di spanduk.
    Editor film itu datang memotret kebun kopi.
    Editor film dan penulis skenario bertemu di Purwokerto.
    Editor: begitu siswa memanggil guru yang memeriksa majalah dinding mereka setiap pekan
    Penulis novel itu lahir di Gombong.
    Penulis buku anak diundang ke taman bacaan.
    Reporter cilik ikut mencatat tinggi air.
    Wartawan: Apakah benar dana itu hilang?
    Wartawan: Kami ingin penjelasan tentang dana itu.
    Laporan: warga mengaku sudah tiga hari tidak mendapat air bersih.
    Laporan keuangan desa ditempel di papan pengumuman.
    Pewarta foto dan jurnalis warga mengikuti pelatihan.
    Redaktur majalah dinding dipilih setiap semester.
    Kontributor terbesar adalah sektor pertanian.
    Iklan layanan masyarakat itu tayang di bioskop selama bulan Maret.
    Iklan di badan perahu tidak dipungut biaya.
    Iklan rokok dilarang di sekitar sekolah
    Hak cipta lagu itu milik warga.
    Hak cipta dilindungi undang-undang, kata Kepala Dinas Kebudayaan.
    Copyright menjadi bahasan utama lokakarya itu.
    Advertisement bukan satu-satunya sumber pendapatan radio desa.
    Pariwara itu dibuat siswa SMK.
    Advertorial menjadi materi pelatihan humas desa.
    Halaman rumah warga penuh jemuran kopi.
    Halaman 3 surat keputusan itu hilang, kata Sekretaris Daerah.
    Halaman selanjutnya dari buku tamu itu sobek.
    Hal 5 perkara itu belum diputus.
    Komentar warga beragam.
    Komentar pembaca buku tamu ditempel di dinding.
    Tulis komentar anda di kotak saran, pinta petugas loket.
    Beri komentar saat rapat, jangan di belakang.
    Ikuti kami, ajak petugas sambil menunjuk jalur evakuasi.
    Ikuti informasi banjir lewat saluran WhatsApp BPBD, warga bisa melapor.
    Cek informasi harga kini lewat WhatsApp, kata Kepala Dinas Perdagangan.
    Dapatkan informasi pupuk lewat WhatsApp, petani di Garung tidak lagi mengantre.
    Follow up dari rapat itu dijadwalkan pekan depan.
    Scroll kaligrafi sepanjang 40 meter dipamerkan di alun-alun.
    Berita terbaru dari posko: air surut 20 sentimeter.
    Berita terkait kenaikan tarif itu tidak benar.
    Artikel lainnya dalam perjanjian itu mengatur bagi hasil.
    Rekomendasi untuk Anda para petani: tunda tanam sampai Desember.
    Jangan lewatkan vaksin kedua, pesan bidan.
    Terpopuler di pameran itu adalah kopi luwak.
    Share lokasi dipakai nelayan untuk saling menemukan.
    Share holder bank desa itu adalah 214 keluarga.
    Kabar Serayu, nama perahu itu, diambil dari nama sungai.
    Kabarserayu.com dikunjungi siswa SMP untuk belajar membuat berita.
    Deadbeef, nama kode latihan itu, dipilih panitia.
    Silakan masuk untuk berobat, kata petugas Puskesmas keliling.
    Tag harga di pasar kini dipasang petugas.
    Dana bantuan (adv) tidak disebut dalam laporan.
    Badan Penanggulangan Bencana Daerah (BPBD)
    Anggaran itu masuk Rencana Pembangunan Jangka Menengah Daerah (RPJMD).
    Vaksin disimpan di kotak “jangan dibuka” (lihat gambar).
    Kisah itu selesai. (tamat)
    Harga cabai Rp 30.000 sampai Rp 35.000 (per kilogram)
    Air naik lagi (bpbd mencatat dua meter)
    Foto: begitu judul pameran karya siswa yang dibuka camat.
    Foto presiden dipasang di ruang kelas yang baru dibangun.
    Foto: bukti pelanggaran itu diserahkan warga kepada polisi pada Senin.
    Gambar: anak-anak diminta menggambar gunung, lalu bercerita.
    Dokumentasi kegiatan itu disimpan di balai desa.
    Ilustrasi buku itu dikerjakan pelukis dari Garung.
    Istimewa, kata juri tentang kopi dari lereng utara.
    Warga membawa bukti berupa foto: jalan yang berlubang sejak tahun lalu.
    Baca: begitu perintah guru, dan murid membuka buku.
    Lihat: sungai itu kini bersih, kata ketua RT.
    Selanjutnya: petani diminta mendaftar di balai desa.
    Berita lainnya: tiga rumah rusak, kata kepala dusun.
    Konten premium menjadi bahasan para pengelola radio desa, ujar panitia.
    Langganan koran desa dibayar dari kas RT, kata lurah.
    Voucher belanja senilai Rp 50.000 dibagikan kepada warga lansia.
    Akses artikel tentang pupuk, kata penyuluh, kini bisa dari telepon.
    Kerusakan jalan itu sepenuhnya menjadi tanggung jawab pemerintah desa.
    Terima kasih sudah berkunjung, kata bupati kepada para perantau.
    Tagihan listrik warga naik dua kali lipat.
    Topik diskusi malam itu ialah harga kentang.
    Kategori juara umum diraih SD Negeri 2 Garung.
    Label halal kini wajib bagi pedagang keripik.
    Selanjutnya warga berjalan kaki ke balai desa.
    Sebelumnya jembatan itu pernah diperbaiki dua kali.
    Hal berikutnya adalah soal air.
    Berita ini sudah terbit di papan pengumuman desa, kata kepala dusun.
    Artikel ini sudah dimuat dalam kitab hukum adat, ujar pemangku.
    Follow kami, ajak relawan kepada pendaki yang tersesat.
    Join di grup WhatsApp petani, kata penyuluh, membuat harga diketahui warga.
    Foto itu diambil warga dari atap.
    Populer di kalangan anak muda, kopi itu kini dijual daring.
    Pilihan redaksi majalah dinding jatuh pada cerita tentang air.
    Komentar: warga beragam menanggapi rencana itu.
    Cara itu — dokumen dikumpulkan di balai — membuat antrean pendek.
"""

STORIES = [line.strip() for line in STORY.strip().splitlines()]


def left(text: str, linked: float = 0.0) -> list[str]:
    """What is left of a text that stands between two paragraphs."""
    told, _ = bylines.take(sift([Paragraph(text=LONG), Paragraph(text=text, linked=linked), Paragraph(text=LONG)], SITE), SITE)
    return [one.text for one in told if isinstance(one, Paragraph) and one.text != LONG]


def test_every_row_has_its_own_id() -> None:
    ids = [row.id for row in (*BLOCKS, *LINES)]
    assert len(ids) == len(set(ids))


def test_no_name_is_in_two_rows() -> None:
    names = [name for block in BLOCKS for name in (*block.names, *block.words, *block.prefixes)]
    assert sorted(names) == sorted(set(names))
    assert names == [name.lower() for name in names]


@pytest.mark.parametrize("row", LINES, ids=lambda row: row.id)
def test_a_line_is_taken_by_its_own_row(row) -> None:
    assert line_row(row.example, row.linked) == row.id
    told = sift([Paragraph(text=LONG), Paragraph(text=row.example, linked=row.linked)], SITE)
    assert told == [Paragraph(text=LONG), Removed(rule=row.id, text=row.example)]
    if row.linked:
        assert line_row(row.example) is None


@pytest.mark.parametrize("row", BLOCKS, ids=lambda row: row.id)
def test_a_block_is_taken_by_its_own_row(row) -> None:
    tree = parse(f"<html><body><div id='isi'><p>{LONG}</p>{row.example}<p>{LONG}</p></div></body></html>")
    assert tree is not None
    before, *taken, behind = prune(tree.find(".//*[@id='isi']"), Rules())
    assert isinstance(before, Paragraph)
    assert isinstance(behind, Paragraph)
    assert taken
    assert {one.rule for one in taken if isinstance(one, Removed)} == {row.id}
    assert all(isinstance(one, Removed) for one in taken)


@pytest.mark.parametrize("row", BLOCKS, ids=lambda row: row.id)
def test_a_row_knows_its_names_in_any_case_and_by_class_or_id(row) -> None:
    for name in row.names:
        assert block_row(name.upper()) == row.id
        assert block_row(f"kolom {name} lebar") == row.id
    for word in row.words:
        for name in (word, word.upper(), f"kotak_{word}", f"{word}--2", f"isi__{word.replace('-', '_')} lebar", f"kotak{word.title()}"):
            assert block_row(name) == row.id
    for prefix in row.prefixes:
        assert block_row(f"{prefix}7") == row.id


@pytest.mark.parametrize("line", [line.strip() for line in SEEN.strip().splitlines()])
def test_lines_seen_on_real_pages_are_taken(line: str) -> None:
    assert left(line) == []


@pytest.mark.parametrize("line", STORIES)
def test_what_looks_like_boilerplate_and_is_the_story_stays(line: str) -> None:
    assert left(line) == [line]
    assert left(f"{line}\n{line}") == [f"{line}\n{line}"]


@pytest.mark.parametrize("line", STORIES)
def test_it_stays_at_the_end_and_at_the_beginning_too(line: str) -> None:
    for told in ([Paragraph(text=line), Paragraph(text=LONG)], [Paragraph(text=LONG), Paragraph(text=line)]):
        assert bylines.take(sift(told, SITE), SITE)[0] == told


def test_there_are_enough_of_them() -> None:
    assert len(set(STORIES)) == len(STORIES) >= 60


@pytest.mark.parametrize(
    "names",
    [
        *("td-paragraph-padding-1", "shadow", "wrapper-has-shadow", "reading", "lead", "header-ads-free", "lead-paragraph", "readmore"),
        *(
            "shareholder",
            "unrelated",
            "correlated",
            "loads",
            "broadcast",
            "padding",
            "gradient",
            "badge",
            "headline",
            "roads",
        ),
        *("hentry", "entry-content", "post-body", "article", "tagline", "commentary", "authority", "followed", "paged", "stage", "iklanan"),
        *("have-share", "no-share", "with-ads", "content-ad-free", "jeg_adaptive", "single-post", "td-ss-main-content", "subscribed"),
        "",
    ],
)
def test_letters_inside_a_name_prune_nothing(names: str) -> None:
    assert block_row(names) is None
    tree = parse(f'<html><body><div id="isi"><p>{LONG}</p><div class="{names}"><p>Warga siap.</p></div></div></body></html>')
    assert tree is not None
    assert [one.text for one in prune(tree.find(".//*[@id='isi']"), Rules())] == [LONG, "Warga siap."]


def test_a_block_that_holds_the_story_is_the_story_whatever_it_is_called() -> None:
    tree = parse(f'<html><body><div id="isi"><div class="share"><p>{LONG}</p></div><p>Begitu.</p></div></body></html>')
    assert tree is not None
    assert [type(one) for one in prune(tree.find(".//*[@id='isi']"), Rules())] == [Paragraph, Paragraph]


def test_a_list_of_links_goes_however_long_it_is() -> None:
    links = "".join(f'<li><a href="/{number}">{LONG}</a></li>' for number in range(5))
    tree = parse(f'<html><body><div id="isi"><p>{LONG}</p><ul class="related">{links}</ul></div></body></html>')
    assert tree is not None
    paragraph, *taken = prune(tree.find(".//*[@id='isi']"), Rules())
    assert isinstance(paragraph, Paragraph)
    assert taken == [Removed(rule="related-block", text=f"- {LONG}")] * 5


def test_lines_inside_a_paragraph_go_alone_and_keep_their_order() -> None:
    told = sift([Paragraph(text="Bagikan\nHujan deras turun.\nBaca Juga: Banjir\nSungai meluap.\nScroll to Top")], SITE)
    assert told == [
        Removed(rule="share-line", text="Bagikan"),
        Paragraph(text="Hujan deras turun.\nSungai meluap."),
        Removed(rule="related-line", text="Baca Juga: Banjir"),
        Removed(rule="scroll-line", text="Scroll to Top"),
    ]


def test_what_went_before_goes_through() -> None:
    gone = Removed(rule="drop", text="Bagikan")
    assert sift([gone], SITE) == [gone]


ADVERSARIAL = [
    *(
        " ",
        "a ",
        "a",
        "-",
        "•",
        "(",
        "((",
        ")",
        "*",
        "**",
        ".",
        "A.",
        "A-",
        "A ",
        "A, ",
        "ab.",
        "ab-",
        "1 ",
        "1",
        "\n",
        "| ",
        "©",
        "#",
        "Ä",
    ),
    *(
        "Baca Juga ",
        "Baca Juga :",
        "baca juga : : ",
        "Halaman 1 ",
        "hal   ",
        "Bagikan ke ",
        "Ikuti kami ",
        "Editor: ",
        "Penulis & ",
        "Editor:a|",
    ),
    *(
        "Sumber : ",
        "(mam",
        "(mam)",
        "(mam) ",
        "(mam/",
        "Scroll to ",
        "hak cipta ",
        "KEBUMEN, ",
        "KEBUMEN (",
        "KEBUMEN-",
        "a.com, ",
        "e9ca083a ",
    ),
    *("Laporan Reporter ", "silaaah", "[gambas:", "simak video “", "www.", "WWW.A-", "Editor Aa "),
    *("voucher ", "konten premium ", ", kata ", "Foto: ", "foto/a ", "(Foto ", "Baca: ", "#tag ", "[video] ", "terima kasih sudah "),
]


def test_no_pattern_backtracks_without_bound() -> None:
    start = time.process_time()
    for piece in ADVERSARIAL:
        line = (piece * 100_000)[:100_000]
        for text in (line, line + "!", f"Editor {line}", f"Baca Juga {line}", f"hal{line}", f"KEBUMEN{line}", line[: LONGEST - 1] + "x"):
            assert line_row(text, 1.0) in {None, *(row.id for row in LINES)}
            bylines.take([Paragraph(text=text, lead=text[:50])], SITE)
            people([text[:1000]])
    assert time.process_time() - start < 15  # under 2 s where it was written


@steady
@given(st.text(), st.floats(0, 1))
def test_no_text_raises(text: str, linked: float) -> None:
    assert line_row(text, linked) in {None, *(row.id for row in LINES)}
    assert block_row(text) in {None, *(row.id for row in BLOCKS)}
    bylines.take(sift([Paragraph(text=text, lead=text[:3], linked=linked)], SITE), SITE)
