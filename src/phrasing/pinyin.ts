/**
 * First characters of each reading among the everyday characters of GB 2312 (level 1, rows B0 to D7), which stand in the
 * order of their readings: a character is read as the last one at or before it.
 */
const READINGS =
  "啊a埃ai鞍an肮ang凹ao芭ba白bai斑ban邦bang苞bao杯bei奔ben崩beng逼bi鞭bian标biao鳖bie彬bin冰bing玻bo捕bu擦ca猜cai餐can苍cang操cao厕ce层ceng插cha拆chai搀chan昌chang超chao车che郴chen撑cheng吃chi充chong抽chou初chu揣chuai川chuan疮chuang吹chui春chun戳chuo疵ci聪cong凑cou粗cu蹿cuan摧cui村cun磋cuo搭da呆dai耽dan当dang刀dao德de蹬deng堤di颠dian碉diao跌die丁ding丢diu东dong兜dou督du端duan堆dui墩dun掇duo蛾e恩en而er发fa藩fan坊fang菲fei芬fen丰feng佛fo否fou夫fu噶ga该gai干gan冈gang篙gao哥ge给gei根gen耕geng工gong钩gou辜gu刮gua乖guai棺guan光guang瑰gui辊gun锅guo哈ha骸hai酣han夯hang壕hao呵he嘿hei痕hen哼heng轰hong喉hou呼hu花hua槐huai欢huan荒huang灰hui荤hun豁huo击ji嘉jia歼jian僵jiang蕉jiao揭jie巾jin荆jing炯jiong揪jiu鞠ju捐juan撅jue均jun喀ka揩kai刊kan康kang考kao坷ke肯ken坑keng空kong抠kou枯ku夸kua块kuai宽kuan匡kuang亏kui坤kun括kuo垃la莱lai蓝lan琅lang捞lao勒le雷lei棱leng厘li俩lia联lian凉liang撩liao列lie琳lin拎ling溜liu龙long楼lou芦lu驴lv峦luan掠lve抡lun萝luo妈ma埋mai瞒man芒mang猫mao么me玫mei门men萌meng眯mi棉mian苗miao蔑mie民min明ming谬miu摸mo谋mou拇mu拿na氖nai南nan囊nang挠nao呢ne馁nei嫩nen能neng妮ni蔫nian娘niang鸟niao捏nie您nin柠ning牛niu脓nong奴nu女nv暖nuan虐nve挪nuo哦o欧ou啪pa拍pai攀pan乓pang抛pao呸pei喷pen砰peng坯pi篇pian飘piao撇pie拼pin乒ping坡po剖pou扑pu期qi掐qia牵qian枪qiang橇qiao切qie钦qin青qing琼qiong秋qiu趋qu圈quan缺que裙qun然ran瓤rang饶rao惹re壬ren扔reng日ri戎rong揉rou茹ru软ruan蕊rui闰run若ruo撒sa腮sai三san桑sang搔sao瑟se森sen僧seng莎sha筛shai珊shan墒shang梢shao奢she砷shen声sheng师shi收shou蔬shu刷shua摔shuai栓shuan霜shuang谁shui吮shun说shuo斯si松song搜sou苏su酸suan虽sui孙sun蓑suo塌ta胎tai坍tan汤tang掏tao特te藤teng剔ti天tian挑tiao贴tie厅ting通tong偷tou凸tu湍tuan推tui吞tun拖tuo挖wa歪wai豌wan汪wang威wei瘟wen嗡weng挝wo巫wu昔xi瞎xia掀xian相xiang萧xiao楔xie薪xin星xing兄xiong休xiu墟xu轩xuan靴xue勋xun压ya焉yan殃yang邀yao椰ye一yi茵yin英ying哟yo拥yong幽you迂yu鸳yuan曰yue耘yun匝za栽zai咱zan赃zang遭zao责ze贼zei怎zen增zeng扎zha摘zhai瞻zhan樟zhang招zhao遮zhe珍zhen蒸zheng芝zhi中zhong舟zhou珠zhu抓zhua拽zhuai专zhuan桩zhuang椎zhui谆zhun捉zhuo兹zi鬃zong邹zou租zu钻zuan嘴zui尊zun昨zuo";
/** Characters that names read in another way than the order says, and a few beyond everyday ones. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ["长", "zhang"],
  ["重", "chong"],
  ["单", "shan"],
  ["曾", "zeng"],
  ["解", "xie"],
  ["乐", "yue"],
  ["都", "du"],
  ["闫", "yan"],
  ["鑫", "xin"],
  ["昊", "hao"],
  ["婷", "ting"],
  ["璐", "lu"],
  ["琪", "qi"],
  ["瑜", "yu"],
  ["杰", "jie"],
]);

let readings: Map<string, string> | undefined;

/** Level 1 of GB 2312 with its readings; ü is v. */
function everydayReadings(): Map<string, string> {
  if (readings) return readings;
  readings = new Map();
  const starts = new Map(
    [...READINGS.matchAll(/(\p{Script=Han})([a-z]+)/gu)].map(([, first, reading]) => [first!, reading!]),
  );
  const decoder = new TextDecoder("gbk");
  let reading = "";
  for (let row = 0xb0; row <= 0xd7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const character = decoder.decode(Uint8Array.of(row, cell));
      reading = starts.get(character) ?? reading;
      readings.set(character, reading);
    }
  }
  return readings;
}

/** The readings of one Chinese character without tones, ü as v; none for rare ones. */
function readingsOf(character: string): string[] {
  return [everydayReadings().get(character), OTHERS.get(character)].filter(
    (reading) => reading !== undefined,
  );
}

/** Where a Latin word is the reading of two or more adjacent Chinese characters of a text: "Zhenli" of 振利; -1 where it is none. */
export function findReading(word: string, text: string): number {
  const wanted = plainLetters(word);
  for (const { index, 0: run } of text.matchAll(/\p{Script=Han}+/gu)) {
    const characters = [...run];
    for (let start = 0; start < characters.length; start++) {
      let ends = [0];
      for (let at = start; at < characters.length && ends.length > 0; at++) {
        const spellings = readingsOf(characters[at]!).flatMap((reading) => [
          reading,
          reading.replace("v", "u"),
        ]);
        ends = ends.flatMap((end) =>
          spellings.filter((one) => wanted.startsWith(one, end)).map((one) => end + one.length),
        );
        if (at > start && ends.includes(wanted.length))
          return index + characters.slice(0, start).join("").length;
      }
    }
  }
  return -1;
}

/** Without accents and apostrophes, in small letters. */
function plainLetters(word: string): string {
  return word
    .normalize("NFD")
    .replace(/[^\p{L}]/gu, "")
    .toLowerCase();
}
