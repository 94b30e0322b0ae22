"""Invented articles that make-docx.py, make-html.py and make-text.py set in many ways."""

A = {
    "bridge": dict(
        title="云溪老石桥修缮完工 两岸居民重走百年桥",
        authors=["李闻"],
        date="2025-10-30",
        paragraphs=[
            "昨日上午，历时七个月的云溪老石桥修缮工程通过验收，封闭已久的桥面重新开放。住在河东的居民沿着新铺的青石板走到河西，只用了三分钟。",
            "老石桥建于1908年，全长46米，是云溪城区现存最早的石拱桥。去年汛期，桥墩出现裂缝，市文物局随即将其列入抢救性保护名单，投入资金280万元。",
            "施工队负责人周师傅说，修桥最难的是配石料。“旧桥用的是本地青砂岩，矿口早已封了，我们跑了四个县，才从拆下来的老屋基里凑够了120块。”",
            "文物局提醒市民，桥上禁止机动车通行，电动自行车须下车推行。",
        ],
    ),
    "library": dict(
        title="社区图书角添了夜灯",
        authors=["陈苗", "何小满"],
        date="2025-11-03",
        paragraphs=[
            "晚上八点，青禾社区的图书角依然亮着灯。退休教师杨慧琴正在给十几个孩子讲《西游记》，窗外下着小雨，屋里不时传出笑声。",
            "这个图书角由一间旧车棚改造而成，面积只有60平方米，却藏书4200册。今年9月起，开放时间从下午五点延长到晚上九点半。",
            "社区书记介绍，延时开放的费用由三家沿街商户分担，每月大约1500元；志愿者排班表贴在门口，谁有空谁就来值守。",
        ],
    ),
    "notice": dict(
        title="关于开展2025年冬季燃气安全检查的通知",
        authors=[],
        date="2025-11-12",
        paragraphs=[
            "各街道办事处、各燃气经营企业：",
            "为保障市民冬季用气安全，经研究，决定自2025年11月20日起在全市开展燃气安全检查。现将有关事项通知如下：",
            "一、检查范围。全市居民用户、餐饮场所、学校食堂和医院。",
            "二、检查内容。软管是否老化，报警器是否正常，通风是否良好。",
            "三、工作要求。各企业应于12月25日前将检查结果报送市住房和城乡建设局，联系电话：0573-8210066。",
            "云溪市住房和城乡建设局",
            "2025年11月12日",
        ],
    ),
    "orchard": dict(
        title="柿子红了，合作社忙着发货",
        authors=["孙七"],
        date="2025-10-18",
        paragraphs=[
            "霜降前后，白岩村的柿子陆续成熟。在村口的分拣站里，二十多名村民围着传送带挑果、装箱，当天就要发出3600箱。",
            "合作社理事长罗大成算了一笔账：去年每斤收购价1.2元，今年进了两家连锁超市，每斤涨到1.9元，全村320户平均增收4000元。",
            "“以前柿子挂在树上没人要，现在还没摘就有人订。”村民李秀芳边贴标签边说。",
            "罗大成说，合作社明年打算建一座冷库，把销售期从40天延长到4个月。",
        ],
    ),
    "school": dict(
        title="把课堂搬到湿地里",
        authors=["马丽娜"],
        date="2025-09-26",
        paragraphs=[
            "“那只黑脸琵鹭的腿上有环志！”站在观鸟台上的五年级学生林一诺压低声音喊道。9月25日，城南小学的自然课第一次在望湖湿地公园开讲。",
            "这门课由学校和湿地管理处共同设计，全年12次，内容包括认识水鸟、测量水质、记录植物。学生两人一组，每组配一本观察手册和一副望远镜。",
            "湿地管理处工程师赵启明表示，今年秋季监测到水鸟87种，比去年多6种，其中国家一级保护动物3种。",
        ],
    ),
    "metro": dict(
        title="地铁三号线年底试运行 全程只要38分钟",
        authors=["周宁"],
        date="2025-11-08",
        paragraphs=[
            "记者从市轨道交通集团获悉，地铁三号线已完成全线热滑试验，计划于12月28日开始载客试运行。",
            "三号线全长27.4公里，设车站21座，其中换乘站5座，列车最高时速80公里，从北郊站到会展中心站全程38分钟。",
            "试运行首月，票价按现行标准打八折，60岁以上老人和现役军人免费。早晚高峰行车间隔为4分30秒，平峰为7分钟。",
            "轨道交通集团副总经理韩立说，车站全部设有无障碍电梯和母婴室，其中8座车站的出口与公交站台直接相连。",
        ],
    ),
    "rules": dict(
        title="青禾社区公共自习室使用办法",
        authors=[],
        date="2025-08-20",
        paragraphs=[
            "为了让公共自习室得到合理使用，经居民代表会议讨论，制定本办法。",
            "1. 自习室每天8:00至21:30开放，周一上午闭馆。\n2. 座位须提前一天预约，每人每天最多4小时。\n3. 室内禁止大声通话，饮料须加盖。",
            "预约后无故不到三次的，一个月内不得再次预约。",
            "本办法自2025年9月1日起施行。",
        ],
    ),
    "harvest": dict(
        title="全市秋粮收购进度过半",
        authors=["吴桐"],
        date="2025-11-05",
        paragraphs=[
            "截至11月4日，全市累计收购秋粮21.6万吨，占预计收购量的54%，进度比去年同期快6个百分点。",
            "各县区收购情况如下：",
            "县区 | 收购量（万吨） | 平均价格（元/斤）\n云溪县 | 8.2 | 1.36\n白岩县 | 7.5 | 1.34\n望湖区 | 5.9 | 1.38",
            "市粮食和物资储备局局长董文斌说，全市共设收购点63个，农民卖粮平均等候时间由去年的52分钟缩短到25分钟。",
        ],
    ),
    "hk": dict(
        title="舊區街市翻新 檔主憂租金上漲",
        authors=["張敏儀"],
        date="2025-10-21",
        paragraphs=[
            "有六十年歷史的寶湖街市下月起分三期翻新，工程預計需時十四個月。街市現有檔位128個，翻新期間約四成檔主將搬到對面的臨時街市營業。",
            "經營菜檔三十年的黃太表示，最擔心的是翻新之後加租。「現時月租五千八百元，如果加到一萬，生意就做不下去。」",
            "承辦商回應說，首兩年租金加幅不會超過百分之五，並會預留十二個檔位給年輕人創業。",
        ],
    ),
    "ferry": dict(
        title="Harbour ferry returns after eleven-year break",
        authors=["Ann Lee", "Mark O'Neill"],
        date="2025-10-30",
        paragraphs=[
            "The first passenger ferry in eleven years left Northcliff harbour on Thursday morning with 143 people on board, most of them pensioners who remembered the old boat.",
            "The service, which will run six times a day until March, cost the county £2.4 million to restore. A return ticket is £4.80, and children under twelve travel free.",
            "“We never thought we would see it again,” said Margaret Poole, 78, who used to cross every Saturday to visit her sister. “The bus takes an hour and a half.”",
            "County councillor David Brandt said the route would be reviewed in spring, and that at least 400 passengers a day were needed to keep it going.",
        ],
    ),
    "bakery": dict(
        title="How a village bakery learned to waste nothing",
        authors=["Clara Whitfield"],
        date="2025-09-14",
        paragraphs=[
            "Every evening at six, Tom Harding counts the loaves that nobody bought. Two years ago there were often forty of them; last week there were three.",
            "The change began with a notebook. Harding wrote down the weather, the day of the week and what was left over, and after four months he knew that rain costs him nine loaves and a school holiday fourteen.",
            "What remains is dried, milled and baked again: a fifth of the flour in his dark rye comes from yesterday's bread.",
        ],
    ),
    "doctor": dict(
        title="海岛上来了全科医生",
        authors=["高原"],
        date="2025-07-16",
        paragraphs=[
            "从码头走到卫生院只要五分钟，可是在过去的十九年里，石塘岛的居民看病要坐两个小时的船。今年6月，全科医生方晓东带着一台便携超声仪上了岛。",
            "岛上常住人口680人，一半以上是60岁以上的老人。方晓东花了三周时间挨家挨户建档，查出高血压患者142人、糖尿病患者37人。",
            "县卫生健康局为卫生院配备了远程会诊系统，疑难病例当天就能请县医院的专家看片子。截至7月中旬，已会诊26例。",
            "“最让人安心的是，半夜打电话也有人接。”75岁的渔民陈阿公说。",
        ],
    ),
    "paper": dict(
        title="古法造纸作坊收了六名年轻徒弟",
        authors=["沈岩"],
        date="2025-06-09",
        paragraphs=[
            "在竹溪镇的一间老作坊里，72岁的造纸艺人蔡永福正在教徒弟抄纸。竹帘入水、提起、滤干，一张纸成形只要十几秒，学会它却要三年。",
            "作坊始于清光绪年间，最盛时镇上有43家，如今只剩这一家。去年，蔡永福在网上发了一段视频，有六名二十多岁的年轻人找上门来拜师。",
            "镇文化站站长阮梅介绍，作坊生产的毛边纸主要供古籍修复使用，每刀售价260元，今年的订单已排到十二月。",
        ],
    ),
    "recycle": dict(
        title="旧衣回收箱去了哪里",
        authors=["丁一帆"],
        date="2025-10-12",
        paragraphs=[
            "走访全市36个小区，记者看到旧衣回收箱共有51个，其中19个没有标明运营单位，7个箱门损坏，衣物散落在地上。",
            "市民政局工作人员表示，公益回收须经备案，箱体上应当写明用途和联系电话；目前全市备案的企业只有4家。",
            "据其中一家企业介绍，回收的衣物约15%消毒后捐赠，60%出口，其余加工成再生棉。每吨衣物的运输和分拣成本在900元左右。",
        ],
    ),
    "winter": dict(
        title="北山滑雪场提前开板",
        authors=["乔雪"],
        date="2025-11-15",
        paragraphs=[
            "受冷空气影响，北山滑雪场11月14日迎来首场降雪，15日上午正式开板，比去年提前了九天。",
            "今年雪场新建两条初级道和一条魔毯，日接待能力由3000人提高到4500人。工作日全天票198元，周末258元，学生凭证半价。",
            "公安交警部门提示，前往雪场的盘山公路部分路段有暗冰，车辆应当安装防滑链，时速不要超过30公里。",
        ],
    ),
    "letters": dict(
        title="一封信走了四十一年",
        authors=["罗文静"],
        date="2025-05-22",
        paragraphs=[
            "拆迁老邮电所时，工人在墙缝里发现了一只帆布邮袋，里面有17封信，最早的一封盖着1984年3月的邮戳。",
            "市邮政分公司成立了三人小组，逐一寻找收信人。两个月里，他们查阅户籍档案、走访老街坊，已有11封信送到了收信人或其子女手中。",
            "63岁的退休工人秦广林接过信时，双手发抖。写信的是他的老班长，信上只有一句话：“厂里要恢复夜校，你一定要来。”",
        ],
    ),
}
