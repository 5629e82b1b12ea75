# improvement actions and what they did
page-actions = 改进措施

action-planned = 计划中
action-in_work = 进行中
action-done = 已完成
action-abandoned = 已放弃

action-event-opened = 立项
action-event-in_work = 开始执行
action-event-done = 完成
action-event-abandoned = 放弃
action-event-corrected = 来源更正
action-event-note = 备注

action-move-in_work = 开始执行
action-move-done = 完成
action-move-abandoned = 放弃

action-origin-driver = 驱动因素
action-origin-segment = 细分
action-origin-complaint = 投诉
action-origin-index = 指数

verdict-improved = 改善
    .about = 优于可比细分，且超出偶然波动
verdict-worsened = 恶化
    .about = 劣于可比细分，且超出偶然波动
verdict-no_difference = 无差异
    .about = 区间包含 0
verdict-cannot_tell = 无法判断
    .about = 样本量不足以判断

untold-no_quarter_before = 措施生效前没有已发布的季度
untold-not_measured = 两个季度中有一个未测得该指数
untold-base_too_small = 两个季度中有一个该细分自身样本量过小
untold-no_comparable = 同一维度中没有未对该指数采取措施的细分
untold-few_comparable = 样本量足够的可比细分不足四个
untold-too_wide = 区间既包含零效果，也包含预期效果

actions-none = 暂无改进措施。
actions-title = 措施
actions-owner = 负责人
actions-due = 截止日期
actions-overdue = 已逾期
actions-index = 指数
actions-for = 对象
actions-from = 生效季度
actions-expected = 预期效果
actions-state = 状态
actions-origin = 立项依据
actions-origin-quarter = 依据季度
actions-origin-reference = 所依据的驱动因素、风险或指数
actions-abandoned-in = 放弃季度
actions-effect = 实测效果
actions-effects = 逐季实测效果
actions-effects-note = 指数自措施生效前最后一个已发布季度以来的变化，减去可比细分的平均变化；可比细分指同一维度中未对该指数采取措施的细分。采用双重差分法，附 95% 区间；至少需要四个可比细分，样本量过小、无法比较的细分不计入。
actions-no-effects = 自生效季度起尚无已结算的季度。
actions-change = 指数：此前 → 本季
actions-expected-change = 可比细分的变化
actions-interval = 95% 区间
actions-base = n：此前 · 本季
actions-comparable = 可比细分数
actions-verdict = 结论
actions-history = 经过
actions-who = 操作人
actions-move = 变更状态
actions-note = 备注
actions-note-button = 添加备注
actions-new = 新改进措施
actions-new-button = 立项
actions-open-one = 立项改进
actions-to-do = 待完成
actions-measured = 本季实测效果
actions-all = 全部改进措施
