# The words of the drawings. What a family's messages are named after stands in labels.ftl.

kind-index-trend = 指数走势
kind-segments = 细分客群对比
kind-nps = 净推荐值（NPS）
kind-drivers = 满意度驱动因素
kind-importance-performance = 重要性—绩效矩阵
kind-structural-model = 结构模型
kind-loyalty-matrix = 满意度—忠诚度矩阵
kind-transitions = 忠诚类型迁移
kind-retention-curve = 满意度—保留率曲线
kind-cohorts = 同期群留存
kind-value-classes = 客户价值分类
kind-value-pyramid = 客户价值金字塔
kind-pareto = 营业额与利润集中度
kind-complaint-iceberg = 投诉冰山

chart-revision = 第 { $revision } 版
chart-range = { $low } 至 { $high }
chart-axis-whole = 纵轴显示完整量表：{ $whole }
chart-axis-part = 纵轴显示 { $shown }；完整量表为 { $whole }
chart-base-too-small = 样本量过小
chart-no-data = 无数据
chart-no-quarters = 尚无季度数据
chart-no-quarters-yet = 尚无可显示的季度
chart-found-in = { $quarter } 为 { $found }
chart-nothing-in = { $quarter } { $found }
chart-n-classified = 已归类 n = { $n }，未归类 { $others }
chart-none-classified = 尚无已归类客户
chart-shares-unknown = 占比未知
chart-heads = 客户
chart-customers = 客户数
chart-revenue = 收入
chart-of-revenue = 收入占比
chart-revenue-in = 收入，{ $unit }
chart-profit-in = 利润，{ $unit }
chart-in-all = 合计 { $figure }
chart-low = 低
chart-high = 高
chart-not-significant = 不显著

# index trend
chart-shaded = 阴影为区间。

# segments
chart-n-segments = { $n } 个细分客群
chart-no-segments = 尚无可显示的细分客群
chart-segments-found = 各客群介于 { $low } 与 { $high } 之间
chart-dashes-all = 虚线为全部客户最新季度：{ $value }。
chart-segments-left-out = 另有 { $n } 个客群未在图中显示，见表格

# nps
chart-nps-score = 得分：推荐者占比 − 贬损者占比，单位为点；阴影为其区间。
chart-share-of-answers = 回答占比
chart-passives = 中立者

# drivers
chart-drivers = 满意度驱动因素
chart-no-drivers = 样本不足，无法判断
chart-importance = 重要性（带作用方向）
chart-explained = 可解释方差的 { $share }
chart-strongest = 最强驱动因素，解释方差的 { $share }
chart-strongest-coefficient = 最强驱动因素，{ $value }
chart-pale-bars = 浅色：在 { $level } 水平上不显著
chart-drivers-left-out = 另有 { $n } 个较弱因素未显示
chart-importance-axis = 重要性 ↑
chart-performance-axis = 绩效，0–100分均值 →（中间数值为十字线位置）
chart-focus = 重要，但表现低于平均
chart-focus-and-others = 首要改进，另有 { $others } 项同类
chart-no-focus = 没有重要而表现不足的项目
chart-driver-story = { $name }：重要性 { $importance }，绩效 { $performance }，{ $quadrant }
chart-labels-left-out = 有 { $n } 个点因空间不足未标名称，见表格

# structural model
chart-model = 结构模型
chart-no-model = 样本不足，无法估计模型
chart-model-explains = 模型可解释其 { $share }
chart-model-remark = 方框：指数与 R²；线越粗作用越强；虚线：区间包含 0

# loyalty
chart-satisfaction = 满意度
chart-loyalty = 忠诚度
chart-loyal-share = 已归类客户中 { $share } 为忠诚型
chart-matrix-shares = 百分比：占已归类客户及其收入的比例
chart-transitions = 忠诚类型
chart-stayed-loyal = { $loyal } 位忠诚客户中 { $kept } 位保持忠诚
chart-none-were-loyal = 上季度没有忠诚客户
chart-no-moves = 没有可比较的上一季度
chart-new-or-unclassified = 新客户或未归类
chart-new = 新客户
chart-moves-left-out = 前后均未归类的 { $n } 位客户未计入

# retention
chart-retention = 客户保留
chart-no-retention = 样本不足，无法判断
chart-retention-zones = 变节区留存 { $low }，情感区留存 { $high }
chart-retention-top = 满意度 { $score } 分者留存 { $share }
chart-zone-stays = 留存 { $share }
chart-stayed = 留存占比及其区间。
chart-satisfaction-then = 上季度满意度（10分制）
chart-smoothed = 灰线：经平滑，不下降

# cohorts
chart-cohorts = 同期群
chart-n-cohorts = 按首购季度划分的 { $n } 位客户
chart-cohort-found = { $quarter } 获得的客户中 { $share } 在 { $age } 个季度后购买
chart-no-cohorts = 尚无购买客户
chart-bought-again = 首购后各季度的购买占比
chart-age-zero = 首购季度
chart-cohorts-left-out = 另有 { $n } 个更早的同期群未显示，见表格

# value
chart-high-turnover = 高周转率
chart-low-turnover = 低周转率
chart-high-profitability = 高盈利率
chart-low-profitability = 低盈利率
chart-turnover-high = 周转率以 { $amount } 及以上为高
chart-profitability-high = 盈利率以 { $rate } 及以上为高
chart-class-a = 占客户 { $share }，收入 { $a } / { $all } { $unit }
chart-class-a-revenue = 收入 { $a }，全部 { $all } { $unit }
chart-pyramid = 最有价值客户
chart-pyramid-found = 占客户 { $share }；{ $below } 位为负值客户
chart-pyramid-remark = 占价值已知客户的比例；各列条形各有其刻度

# concentration
chart-concentration = 营业额
chart-n-buyers = n = { $n } 位购买客户
chart-no-concentration = 购买客户过少，无法判断
chart-top-fifth = 20% 的客户带来 { $share }
chart-top-fifth-brings = 20% 的客户带来其中 { $share }
chart-gini = 基尼系数 { $gini }
chart-even-spread = 均匀分布
chart-turnover-share = 营业额占比（贡献最大的客户在前）
chart-customers-share = 购买客户占比
chart-profit-added = 累计利润（盈利最多的客户在前）
chart-profit-added-in = 累计利润（盈利最多的客户在前），{ $unit }
chart-profit-unknown = 部分购买的成本未知
chart-whale = { $customers } 的客户创造 { $share } 的利润
chart-whale-peak = 最高为 { $amount }

# rules
chart-rule-nps = 推荐者（9–10分）占比减贬损者（0–6分）占比；95%置信区间；样本少于{ $base }不显示
chart-rule-csi = 满意度各题换算为0–100分后的均值，仅计全部作答者；95%置信区间；样本少于{ $base }不显示
chart-rule-mean = 换算为0–100分后的均值；95%置信区间；样本少于{ $base }不显示
chart-rule-loyalty = 满意：近{ $window }个季度最近一次总体评分不低于{ $satisfied }分（10分制）；留存：合同有效，或近{ $window }个季度购买不少于{ $purchases }次且近{ $active }个季度有购买；两者皆无则以再购意愿不低于{ $intending }分为准
chart-rule-value-medians = 近{ $window }个季度的营业额与利润率；以有营业额客户的中位数为界
chart-rule-value-cuts = 近{ $window }个季度的营业额与利润率；分界由公司设定
chart-rule-shapley = 重要性：总体满意度方差的 Shapley 分解
chart-rule-relative-weight = 重要性：总体满意度方差的 Johnson 相对权重
chart-rule-beta = 重要性：标准化回归系数（其他因素不变）
chart-rule-correlation = 重要性：与总体满意度的相关系数
chart-rule-grand-means = 十字线位于各因素均值
chart-rule-scale-midpoint = 十字线位于量表中点
chart-rule-model = PLS路径模型，标准化系数及95%区间；样本少于{ $base }的客群只有指数
chart-rule-retention = 以上季度留存者（合同有效或重复购买）为基数；少于{ $base }人的评分不显示
chart-rule-cohorts = 按首购季度分组；当季有购买者计为在场
chart-rule-pyramid = 按终身价值减服务成本：前{ $valuable }为最有价值；其余中潜力最大的{ $growable }为最具增长性
chart-rule-concentration = 近{ $window }个季度有购买客户的营业额与利润
chart-rule-complaints = 不满意：近{ $window }个季度最近一次总体评分低于{ $cut }分（10分制）；已解决：有记录的投诉全部办结；已留住：合同有效或投诉后再次购买；满{ $active }个季度无购买方计为流失

# complaints
chart-iceberg = 不满意客户
chart-n-dissatisfied = 不满意客户 n = { $n }
chart-none-dissatisfied = 没有不满意客户
chart-complaints-unknown = 是否投诉没有记录
chart-silent-share = 其中 { $share } 未投诉
chart-complained = { $n } 位投诉，占 { $share }
chart-silent = { $n } 位沉默，占 { $share }
chart-of-dissatisfied = 在不满意客户中
chart-not-recorded = 没有记录
chart-of-stage-before = 占上一阶段的 { $share }
chart-undecided = 另有 { $n } 位尚无定论
