# lost customers: the way, the reasons, winning back
page-lost = 客户流失

loss-state-using = 使用中
loss-state-contact = 有售后联系
loss-state-no_contact = 无售后联系
loss-state-satisfied = 满意
loss-state-dissatisfied = 不满意
loss-state-no_answer = 未作答
loss-state-complained = 投诉
loss-state-quiet_satisfied = 满意且未投诉
loss-state-quiet_dissatisfied = 不满意但未投诉
loss-state-quiet_no_answer = 未作答且未投诉
loss-state-handled_well = 处理得当
loss-state-handled_badly = 处理不当
loss-state-unconfirmed = 已解决未回访
loss-state-open = 尚未解决
loss-state-unrecorded = 无投诉记录
loss-state-kept = 留住
loss-state-lost = 流失

loss-step-1 = 售后联系
loss-step-2 = 满意与否
loss-step-3 = 是否投诉
loss-step-4 = 投诉处理
loss-step-5 = 结果

loss-reason-moved = 搬迁
loss-reason-other_ties = 其他关系
loss-reason-price = 价格
loss-reason-quality = 产品质量
loss-reason-service = 服务
loss-reason-all = 全部原因

winback-open = 进行中
winback-won_back = 已赢回
winback-refused = 被拒绝
winback-no_answer = 未联系上

effort-keep = 留住老客户
    .about = 上季度留存的客户中，本季度仍留存的比例
effort-win_back = 赢回流失客户
    .about = 已有结果的赢回尝试中，成功的比例
effort-win_new = 获取新客户
    .about = 上季度首次到来的客户中，本季度仍在的比例

lost-value-lifetime = 终身价值
lost-value-profit = 窗口期利润

success-reason = 同一原因
success-overall = 全部尝试

lost-flow = 客户流失路径
lost-from = 从
lost-to = 到
lost-no-flow = 上季度没有可判定为留存的客户，因此无法看出流失。
lost-flow-note = 上季度末按合同或购买行为判定为留存的每位客户，恰好走一条路径。售后联系：窗口期内答过问卷或有投诉记录。满意：窗口期内最近一次总体评价不低于分界值。处理得当或不当：以客户最近一次的回访确认为准。流失：本季度末按合同或购买行为不再留存，与留存率口径一致。金额均为窗口期金额。
lost-reasons = 流失原因
lost-known = 原因已知的流失客户
lost-all = 本季度流失
lost-efforts = 留住、赢回与获取新客户
lost-effort = 工作
lost-tried = 对象数
lost-successes = 成功
lost-open = 进行中
lost-cost = 每次成本
lost-cost-per-success = 每次成功的成本
lost-efforts-note = 为获得一位新客户接触过多少人并无记录，因此新客户的比例说明的是一个季度后仍在的人，而非接触者中的成交率。每次成本下方标有 n 的，为已记录成本的均值，其余取自设置；两者皆无则不列出。
lost-list = 优先赢回名单
lost-nobody = 名单上没有客户。
lost-rank = 排名
lost-customer = 客户
lost-in = 流失季度
lost-value = 流失前价值
lost-success = 成功率
lost-gain = 价值 × 成功率
lost-expected = 预期价值
lost-attempts = 尝试次数
lost-list-note = 预期价值：客户流失前一季度的价值，乘以因同一原因流失的客户的实测赢回成功率（样本过少时取全部尝试），再减去设置中每次尝试的成本。未设成本时按价值 × 成功率排序。已赢回的客户不排名。

lost-title = 流失与赢回
lost-at = 流失日期
lost-recorded-by = 记录人
lost-note = 备注
lost-attempts-made = 赢回尝试
lost-person = 经办人
lost-channel = 渠道
lost-offer = 优惠方案
lost-ended = 尝试结果
lost-nothing = 暂无记录。
lost-record = 记录流失
lost-record-button = 记录
lost-try = 记录赢回尝试
lost-try-button = 记录

rules-losses = 客户流失
setting-losses-listed_quarters = 流失客户留在名单上的季度数
setting-losses-reasons = 自定义原因
rules-costs = 成本
setting-costs-keep_per_customer = 每季度留住一位客户的成本
setting-costs-win_per_customer = 获取一位新客户的成本
setting-costs-win_back_attempt = 每次赢回尝试的成本
