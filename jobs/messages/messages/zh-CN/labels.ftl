# 图表、页面、邮件与接口共用的专业用语。

all-customers = 全部客户
provisional = 暂定
final = 最终

metric-csat = 总体满意度
    .about = 总体评分均值，0–100分
metric-top2 = 高满意度占比
    .about = 评分居最高两档的回答占比
metric-nps = 净推荐值
    .about = 推荐者减贬损者，−100至100
metric-promoters = 推荐者
    .about = 0–10分中评9、10分的占比
metric-detractors = 贬损者
    .about = 0–10分中评0–6分的占比
metric-ces = 客户费力度
    .about = 费力度题均值，0–100分
metric-csi = 满意度指数
    .about = 满意度各题加权均值，0–100分
metric-satisfaction = 结构模型满意度指数
    .about = 结构模型指数，0–100分
metric-expectation = 顾客期望
    .about = 结构模型指数，0–100分
metric-quality = 感知质量
    .about = 结构模型指数，0–100分
metric-value = 感知价值
    .about = 结构模型指数，0–100分
metric-complaints = 投诉处理
    .about = 结构模型指数，0–100分
metric-loyalty = 忠诚度
    .about = 结构模型指数，0–100分
metric-complaint_rate = 投诉率
    .about = 有投诉的客户占比
metric-disconfirmation = 期望差距
    .about = 质量减期望，−100至100
metric-delivered_value = 顾客让渡价值
    .about = 顾客总价值减顾客总成本
metric-easy = 认为轻松的占比
    .about = 占全部回答
metric-csi_stated = 属性满意度指数（陈述重要性加权）
    .about = 驱动因素均值，0–100分
metric-csi_derived = 属性满意度指数（推导重要性加权）
    .about = 驱动因素均值，0–100分
metric-image = 企业形象
    .about = 结构模型指数，0–100分
metric-concept = 理念满意度
    .about = 企业理念，0–100分
metric-behaviour = 行为满意度
    .about = 企业行为，0–100分
metric-visual = 视听满意度
    .about = 企业视听形象，0–100分
metric-below_expectation = 未达期望占比
    .about = 占全部回答
metric-at_expectation = 符合期望占比
    .about = 占全部回答
metric-above_expectation = 超出期望占比
    .about = 占全部回答
metric-total_value = 顾客总价值
    .about = 各价值要素均值，0–100分
metric-total_cost = 顾客总成本
    .about = 各成本要素均值，0–100分
metric-retention_rate = 客户保留率
    .about = 上季度活跃客户中留存者占比
metric-silent_rate = 不满而沉默的占比
    .about = 不满意客户中从未投诉者的占比
metric-hours_to_acknowledge = 受理时长（小时）
    .about = 本季度受理的投诉的平均值
metric-hours_to_resolve = 解决时长（小时）
    .about = 本季度解决的投诉的平均值
metric-faultless = 处理无过失
    .about = 占本季度收到的投诉
metric-handled_satisfied = 处理后满意
    .about = 占本季度回访的客户
metric-repurchase_on_the_spot = 当场解决后的留存
    .about = 投诉已久、足以判断去留的客户中的占比
metric-repurchase_later = 事后解决后的留存
    .about = 投诉已久、足以判断去留的客户中的占比
metric-repurchase_unresolved = 始终未解决的留存
    .about = 投诉已久、足以判断去留的客户中的占比
metric-told = 口口相传人数
    .about = 每位受访客户向他人讲述的人数，按规则假设
metric-reached = 可能波及人数
    .about = 受访客户中不满意者身边的人数，按规则假设
metric-problem_rate = 提出问题的比例
    .about = 占本季度有反馈客户的比例
metric-suggestion_rate = 提出建议的比例
    .about = 占本季度有反馈客户的比例

loyalty-loyal = 忠诚型
    .about = 满意且留存
loyalty-mercenary = 图利型
    .about = 满意但不留存，逐价购买
loyalty-hostage = 人质型
    .about = 不满意但别无选择
loyalty-defecting = 流失型
    .about = 不满意且离开
loyalty-unclassified = 未分类
    .about = 缺少一个维度的数据

subtype-apostle = 传道者
    .about = 忠诚型中两轴均居顶端且愿意推荐者
subtype-terrorist = 暴徒
    .about = 流失型中两轴均居底端且投诉者

basis-contract = 合同
basis-purchases = 重复购买
basis-intention = 再购意愿

class-a = A类
    .about = 高周转、高盈利
class-b = B类
    .about = 高周转、低盈利
class-c = C类
    .about = 低周转、低盈利
class-d = D类
    .about = 低周转、高盈利
class-unclassified = 未分类
    .about = 无营业额或成本未知

scheme-loyalty = 忠诚类型
scheme-loyalty_subtype = 传道者与暴徒
scheme-value_class = 客户价值分类
scheme-growth = 价值与潜力
scheme-size = 客户规模
scheme-lifecycle = 关系生命周期
scheme-complaint = 投诉冰山
scheme-stage = 忠诚之路的阶段

growth-most_valuable = 最有价值客户
    .about = 价值最高
growth-most_growable = 最具增长性客户
    .about = 其余客户中未实现潜力最高
growth-below_zero = 负值客户
    .about = 成本高于收益，同类最佳者亦然
growth-other = 其他
    .about = 不属以上各类
growth-unclassified = 未分类
    .about = 价值未知

size-vip = VIP
    .about = 居顶端的少数
size-large = 大客户
    .about = 居中等之上
size-medium = 中客户
    .about = 居小客户之上
size-small = 小客户
    .about = 居多数
size-unclassified = 未分类
    .about = 从未购买

lifecycle-exploration = 考察期
    .about = 最初几次购买
lifecycle-build_up = 形成期
    .about = 购买增多或更频繁
lifecycle-maturity = 成熟期
    .about = 按固有节奏购买
lifecycle-decline = 衰退期
    .about = 间隔长于往常，或很可能已离开
lifecycle-unclassified = 未分类
    .about = 从未购买

stage-suspect = 可能客户
    .about = 或有一天会购买
stage-prospect = 潜在客户
    .about = 有能力且有意愿购买
stage-first_time = 首次购买客户
    .about = 购买过一次
stage-repeat = 重复购买客户
    .about = 再次购买
stage-client = 稳定客户
    .about = 习惯性购买
stage-advocate = 拥护者
    .about = 愿意推荐的稳定客户
stage-unclassified = 未分类
    .about = 无购买与合同记录

zone-defection = 变节区
zone-indifference = 漠不关心区
zone-affection = 情感区

quadrant-concentrate_here = 重点改进
    .about = 重要，但表现低于其他
quadrant-keep_up = 继续保持
    .about = 重要，且表现好
quadrant-low_priority = 低优先级
    .about = 不重要，表现也一般
quadrant-possible_overkill = 可能过度
    .about = 表现好，但不重要

model-weighting = 加权
model-structure = 结构模型
model-drivers = 驱动因素
model-purchases = 购买与流失
model-spend = 单次购买价值
model-lifetime = 终身价值
model-concentration = 营业额集中度
model-retention = 满意度与保留
model-contracts = 合同期限

outcome-fitted = 已估计
outcome-warned = 已估计（有提示）
outcome-too_few = 样本过少
outcome-failed = 未能估计

curve-lorenz = 营业额洛伦兹曲线
curve-whale = 利润鲸鱼曲线
curve-retention = 满意度—保留曲线
curve-renewal = 续约

path-path = 路径系数
path-total_effect = 总效应
path-importance = 重要性
path-weight = 权重
path-normalised_weight = 指数中的权重
path-loading = 载荷
path-index = 指数
path-r_squared = R²
path-r_squared_adjusted = 调整后R²
path-alpha = 克朗巴哈α
path-alpha_raw = 克朗巴哈α（原始回答）
path-rho_a = ρA
path-rho_c = 组合信度
path-ave = 平均方差提取量
path-correlation = 相关系数
path-htmt = 异质—单质比
path-goodness_of_fit = 拟合优度

severity-low = 低
severity-medium = 中
severity-high = 高

risk-functional = 功能风险
risk-financial = 财务风险
risk-psychological = 心理风险
risk-social = 社会风险
risk-safety = 安全风险

run-queued = 等待中
run-running = 运行中
run-published = 已发布
run-done = 已完成
run-superseded = 被更新的数据取代
run-retry = 将重试
run-dead = 已放弃
run-cancelled = 已取消

role-viewer = 查看者
role-analyst = 分析员
role-operator = 操作员

rule-index_fell = 指数显著下降
rule-share_passed = 客户类型占比越过警戒线
rule-complaint_overdue = 投诉超时未解决
rule-customer_defecting = 重要客户转为流失型
rule-action_overdue = 改进措施逾期
rule-job_gave_up = 任务已放弃

delivery-queued = 等待中
delivery-delivered = 已送达
delivery-dead = 已放弃

job-backup = 将SQLite数据库完整备份到备份文件夹
job-close-quarter = 结算已结束的季度；有迟到数据时重新结算
job-deliver = 通过邮件和 Webhook 向订阅者发送预警与报告
job-import = 按设置中的映射导入数据
job-prune = 清理被取代的临时版本、旧的运行记录以及中断运行的残留
job-refresh-quarter = 对当前季度做临时结算
job-verify = 重新计算每个季度的最新版本并逐位比对
job-watch = 查找需要关注的情况：指数下降、投诉超时、重要客户流失等

audience-customer = 客户
audience-employee = 员工
audience-partner = 合作伙伴

answer-mode-online = 在线填写
answer-mode-in_person = 当面访问
answer-mode-mail = 邮寄问卷
answer-mode-phone = 电话访问

answer-facet-mode = 作答方式
answer-facet-channel = 渠道

measure-overall = 总体满意度
measure-recommend = 推荐意愿
measure-repurchase = 再购意愿
measure-effort = 轻松程度
measure-complained = 是否投诉

# 分组汇总的内容
added-customers = 客户数
added-purchases = 购买次数
added-revenue = 收入
added-cost = 成本
added-profit = 利润
added-quantity = 数量
added-window_purchases = 窗口期购买次数
added-window_revenue = 窗口期收入
added-window_profit = 窗口期利润
added-satisfaction = 满意度（10分制）
added-intention = 留存意愿（10分制）
added-recommend = 推荐意愿（10分制）
added-complained = 投诉客户数
added-staying = 留存客户数
added-won_back = 赢回客户数
added-p_alive = 未流失概率
added-expected_purchases = 预期购买次数
added-lifetime_value = 终身价值
added-word_of_mouth = 口碑价值
added-referral_value = 推荐价值
added-complaints = 投诉件数
added-resolved = 已解决件数
added-hours_to_resolve = 解决用时（小时）
added-hours_to_acknowledge = 受理用时（小时）
added-faultless = 处理无过失
added-satisfied = 对结果满意
added-reopened = 重新处理

origin-answer = 问卷留言
origin-problem = 问题
origin-suggestion = 建议
origin-complaint = 投诉

remark-problem = 问题
remark-suggestion = 建议

complaint-dissatisfied = 不满意
    .about = 低于满意分界
complaint-complained = 已投诉
    .about = 有记录或自述
complaint-acknowledged = 已受理
    .about = 有人跟进
complaint-resolved = 已解决
    .about = 全部投诉已办结
complaint-kept = 已留住
    .about = 再次购买或合同有效
complaint-undecided = 尚无定论
    .about = 为时尚早，去留未知

construct-expectation = 顾客期望
construct-quality = 感知质量
construct-value = 感知价值
construct-satisfaction = 顾客满意度
construct-complaints = 顾客抱怨
construct-loyalty = 顾客忠诚
construct-image = 企业形象

case-received = 已收到
case-acknowledged = 已受理
case-in_work = 处理中
case-resolved = 已解决
case-confirmed_satisfied = 确认满意
case-confirmed_dissatisfied = 确认不满意
case-closed = 已结案

event-acknowledged = 受理
event-in_work = 着手处理
event-resolved = 解决
event-confirmed_satisfied = 客户表示满意
event-confirmed_dissatisfied = 客户表示不满意
event-closed = 结案
event-reopened = 重新处理
event-listened = 倾听
event-apologised = 道歉
event-restated = 复述问题
event-empathised = 表示理解
event-compensated = 补偿
event-made_sure = 确认客户满意
event-promised_not_done = 承诺未兑现
event-blamed_customer = 责怪客户
event-broke_promise = 违背诺言
event-no_reaction = 没有反应
event-impolite = 态度粗鲁
event-passed_on = 推诿
event-closed_gestures = 拒人千里的举止
event-interrogated = 盘问
event-promise = 承诺
event-note = 备注

event-sort-move = 状态变更
event-sort-step = 处理步骤
event-sort-fault = 处理过失
event-sort-promise = 承诺
event-sort-note = 备注

deadline-acknowledge = 受理
deadline-resolve = 解决

# moves of a case, as buttons
move-acknowledged = 受理
move-in_work = 着手处理
move-resolved = 解决
move-confirmed_satisfied = 确认满意
move-confirmed_dissatisfied = 确认不满意
move-closed = 结案
move-reopened = 重新处理
