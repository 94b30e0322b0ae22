/** A text beside another that resembles it. */
export interface Pair {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

const LIBRARY = `市图书馆新馆定于9月28日开放。新馆位于滨江路18号，建筑面积2.6万平方米，藏书120万册，设阅览座位1500个。
馆长介绍，新馆开放后，每天从上午9时开到晚上9时，周一闭馆。读者凭身份证可以免费办理借书证，一次最多借20册，借期30天。
新馆还设有盲文阅览室和儿童绘本馆。盲文阅览室收藏盲文书籍3000多册，配有读屏电脑；儿童绘本馆每周六下午安排故事会，由志愿者为孩子们讲读。
为方便市民前往，公交公司将增开两条线路，并在馆前设站。旧馆从8月起停止借阅，图书陆续搬入新馆，预计9月中旬全部上架。`;

const HARVEST = `The cooperative in Millbrook finished its apple harvest on Friday, two weeks earlier than last year. Forty families brought in 310 tonnes, most of it from the young orchards above the river.
"The spring was mild and nothing froze," said the chairwoman of the cooperative. She expects prices to hold until the winter, because two neighbouring valleys lost half of their blossom to hail.
About a third of the apples will be pressed. The new press, bought with a loan from the county bank, handles six tonnes a day and has already drawn growers from three other villages.`;

/** What a source says anew after it was corrected. */
export const CORRECTED: readonly Pair[] = [
  {
    what: "a sentence in other words",
    before: LIBRARY,
    after: LIBRARY.replace(
      "旧馆从8月起停止借阅，图书陆续搬入新馆，预计9月中旬全部上架。",
      "旧馆的图书8月起分批搬运，搬运期间不外借，9月中旬可以在新馆全部上架。",
    ),
  },
  { what: "one number", before: LIBRARY, after: LIBRARY.replace("1500个", "1800个") },
  {
    what: "a name that was misspelt in one place",
    before: LIBRARY,
    after: LIBRARY.replace("滨江路", "滨河路"),
  },
  {
    what: "a paragraph more",
    before: LIBRARY,
    after: `${LIBRARY}\n读者如有疑问，可以拨打图书馆的服务电话，也可以在图书馆的网站留言，工作人员会在两个工作日内答复。`,
  },
  {
    what: "a paragraph less",
    before: LIBRARY,
    after: LIBRARY.split("\n").slice(0, 3).join("\n"),
  },
  {
    what: "marks and width only",
    before: LIBRARY,
    after: LIBRARY.replaceAll("，", ", ").replaceAll("9", "９").replaceAll("\n", "\n\n"),
  },
  {
    what: "two sentences in other words, in English",
    before: HARVEST,
    after: HARVEST.replace(
      "two weeks earlier than last year",
      "a fortnight ahead of the year before",
    ).replace(
      "She expects prices to hold until the winter",
      "In her view prices will stay where they are through autumn",
    ),
  },
  { what: "one of the numbers, in English", before: HARVEST, after: HARVEST.replace("310", "301") },
];

const waterNotice = (street: string, from: string, to: string, date: string, hours: string) =>
  `因${street}供水管道改造施工，定于${date}${hours}对${street}（${from}至${to}段）实施停水。请沿线用户提前做好储水准备，关好水龙头，以免恢复供水时造成损失。停水期间如需用水，可到临时供水点取水。施工完毕后将尽快恢复供水，因施工进度变化需要延长停水时间的，另行通知。由此给您带来的不便，敬请谅解。咨询电话：96116。`;

const meeting = (committee: string, month: string, attendance: string, topics: string) =>
  `${month}，${committee}召开例会，应到${attendance}。会议听取了上一阶段工作情况的汇报，讨论了${topics}，对下一阶段的工作作了部署。会议要求，各单位要提高认识，明确责任，倒排工期，确保各项任务按时完成；要加强沟通，遇到问题及时上报；要做好总结，把行之有效的做法固定下来。会议还通报了考勤情况。`;

/** What is another article, however much it resembles. */
export const DIFFERENT: readonly Pair[] = [
  {
    what: "one template for two streets on two days",
    before: waterNotice("解放路", "建设街", "和平街", "5月12日", "8:30至17:30"),
    after: waterNotice("人民路", "胜利街", "光明街", "5月19日", "9:00至18:00"),
  },
  {
    what: "one template for two streets at the same time",
    before: waterNotice("解放路", "建设街", "和平街", "5月12日", "8:30至17:30"),
    after: waterNotice("朝阳大道", "胜利街", "光明街", "5月12日", "8:30至17:30"),
  },
  {
    what: "one template for one street on two days",
    before: waterNotice("解放路", "建设街", "和平街", "5月12日", "8:30至17:30"),
    after: waterNotice("解放路", "建设街", "和平街", "6月3日", "7:00至12:00"),
  },
  {
    what: "minutes of two months",
    before: meeting("业主委员会", "3月5日", "11人，实到9人", "电梯维修和楼道照明"),
    after: meeting("业主委员会", "4月2日", "11人，实到10人", "车位划线和绿化补种"),
  },
  {
    what: "minutes of two committees",
    before: meeting("业主委员会", "3月5日", "11人，实到9人", "电梯维修和楼道照明"),
    after: meeting("安全生产委员会", "3月7日", "24人，实到22人", "汛期值守和仓库防火"),
  },
  {
    what: "a table of water levels on two days",
    before:
      "各站今日8时水位：柳林站23.15米，比昨日上涨0.12米；石桥站19.80米，比昨日上涨0.05米；东湾站17.42米，与昨日持平。目前各站水位均低于警戒水位，水情平稳。请沿江各单位继续做好巡查。",
    after:
      "各站今日8时水位：柳林站23.61米，比昨日上涨0.46米；石桥站20.07米，比昨日上涨0.27米；东湾站17.55米，比昨日上涨0.13米。目前各站水位均低于警戒水位，水情平稳。请沿江各单位继续做好巡查。",
  },
  {
    what: "two reports on one event",
    before: LIBRARY,
    after: `等了三年，滨江路18号的围挡终于拆了。9月28日，市图书馆新馆将迎来第一批读者。
记者昨天提前探馆：2.6万平方米的馆舍分为五层，1500个座位大多靠窗。馆长说，120万册图书正在上架，一次可借20册，比旧馆多了一倍。
最受关注的是儿童绘本馆和盲文阅览室。前者每周六下午有故事会，后者的3000多册盲文书由全国各地的出版社捐赠。
去新馆的路也好走了，两条新开的公交线路在馆前设站。新馆开到晚上9时，下班后也来得及坐一坐。`,
  },
  {
    what: "two reports on one event, in English",
    before: HARVEST,
    after: `Millbrook's growers have 310 tonnes of apples in store, and it is not even October. After a mild spring without frost the cooperative's forty families picked the last rows on Friday.
The timing could hardly be better. Hail took half of the blossom in two valleys nearby, and buyers who used to go there now call the chairwoman. A third of the crop will become juice in a press that the county bank helped to pay for.`,
  },
  {
    what: "one template for two vacancies, in English",
    before:
      "The town of Ashford is looking for a gardener, 30 hours a week, to start on 1 March. Applicants should have finished an apprenticeship and hold a driving licence. We offer a permanent post, thirty days of leave and a pension scheme. Send your application to the town hall by 15 January. Questions are answered by Ms Keller.",
    after:
      "The town of Ashford is looking for an electrician, 39 hours a week, to start on 1 May. Applicants should have finished an apprenticeship and hold a driving licence. We offer a permanent post, thirty days of leave and a pension scheme. Send your application to the town hall by 20 February. Questions are answered by Mr Brandt.",
  },
];
