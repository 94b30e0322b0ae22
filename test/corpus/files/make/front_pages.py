"""What stands above the text of first pages: a paper's name, an office's header, a large letter, a date."""

from newspapers import by_title, columns
from paper import Paper, use_fonts

FONT = "STSong-Light"


def front_page():
    """A name above the line of the issue; bylines in small type; an advertisement's label below a column."""
    p = Paper("front-page", (600, 800), FONT, FONT)
    date = "2025-03-18"
    p.headline(["河湾晚报"], 30, 20, 540, 44)
    for index, text in enumerate(("国内统一连续出版物号", "CN 99-0001", "邮发代号 99-1")):
        p.text(30, 40 + 12 * index, text, FONT, 8)
    p.text(500, 64, "今日8版 零售1.00元", FONT, 8)
    p.text(30, 90, "2025年3月18日 星期二 农历二月十九", FONT, 8)
    p.text(270, 90, "总第7326期", FONT, 8)
    p.text(550, 90, "01版", FONT, 8)
    a = by_title("水库管理站")
    y = p.headline([a["title"]], 30, 110, 350, 26, align="left")
    y = p.headline(["本报记者　石泉"], 30, y, 350, 8, align="left")
    p.body(a["paragraphs"], columns(30, 350, 2, 14, y + 6, 420), 9.5, 14)
    p.know(a, date=date)
    b = by_title("窑洞宾馆")
    y = p.headline([b["title"]], 400, 110, 170, 16, align="left")
    y = p.headline(["小记者　高原（七年级五班）"], 400, y, 170, 8, align="left")
    p.body(b["paragraphs"], columns(400, 170, 1, 14, y + 6, 420), 9.5, 14)
    p.know(b, date=date)
    c = by_title("急救员教你")
    y = p.headline(["急救员教你：", "吃饭噎住怎么办"], 30, 440, 260, 20, align="left")
    low = p.body(c["paragraphs"], columns(30, 540, 3, 14, y + 6, 700), 9.5, 14, byline="（沈安）")
    p.know(c, date=date)
    p.text(60, low + 40, "便民简讯", FONT, 11)
    p.save()


def official_notice():
    """The office in large red letters above the notice's number, its title in two lines, and a signature."""
    p = Paper("official-notice", (595, 842), FONT, FONT)
    p.canvas.setFillColorRGB(0.8, 0, 0)
    p.headline(["河湾市教育局文件"], 60, 70, 475, 40)
    p.canvas.setFillColorRGB(0, 0, 0)
    p.headline(["河教办〔2025〕47号"], 60, 150, 475, 14)
    p.headline(["河湾市教育局", "关于做好2025年冬季采暖工作的通知"], 60, 200, 475, 22)
    texts = [
        "各中小学校、幼儿园：",
        "气温下降，为使师生温暖过冬，现就2025年冬季采暖的有关工作通知如下，请各学校结合实际认真落实，确保不漏一间教室。",
        "十一月十日以前，各学校要检修锅炉、管道和散热器，更换老化的阀门，并把检修的结果报市教育局后勤科。",
        "采暖期间，教室的温度不得低于十八摄氏度；用煤炉取暖的教学点，要有专人值守，每天夜里检查一次通风。",
    ]
    y = p.body(texts, [(60, 280, 475, 780)], 15, 28)
    p.text(400, y + 40, "河湾市教育局", FONT, 15)
    p.text(400, y + 68, "2025年11月3日", FONT, 15)
    title = "河湾市教育局关于做好2025年冬季采暖工作的通知"
    paragraphs = ["河教办〔2025〕47号", *texts, "河湾市教育局", "2025年11月3日"]
    p.know({"title": title, "authors": [], "paragraphs": paragraphs}, date="2025-11-03")
    p.save()


def press_release():
    """A report that was sent out: a large first letter, the day in the first sentence, letters that run downwards."""
    p = Paper("press-release", (420, 595), FONT, FONT)
    p.headline(["河湾造船厂交付首艘电动渡轮"], 40, 50, 340, 20)
    first = "河湾，2025年6月12日——河湾造船厂今天把首艘电动渡轮交给轮渡公司。渡轮长四十二米，可以载客二百三十人，充电一次可以往返九趟。"
    second = "厂长曲直说，第二艘渡轮已经开工，明年三月下水。两艘渡轮投入使用以后，每年可以节省柴油三百多吨，沿岸的居民也不再听见机器的轰鸣。"
    p.text(40, 128, first[0], FONT, 30)
    rest = p.body([first[1:]], [(72, 100, 308, 400)], 10.5, 16, indent=0)
    y = p.body([second], [(40, rest, 340, 400)], 10.5, 16)
    for index, letter in enumerate("河湾造船厂"):
        p.text(396, 100 + 13 * index, letter, FONT, 11)
    p.know({"title": "河湾造船厂交付首艘电动渡轮", "authors": [], "paragraphs": [first, second]}, date="2025-06-12")
    p.save()


if __name__ == "__main__":
    use_fonts()
    front_page()
    official_notice()
    press_release()
