# the care list: who is to be called, why, and what came of it
page-care = 关怀名单

care-reason-class_a_turning = A类客户转弱
    .about = 曾属高消费额、高盈利率的A类，如今不再是
care-reason-high_value_silent = 高价值客户沉默
    .about = 消费额名列前茅，近期却没有购买，也没有答复调查
care-reason-loyal_slipping = 忠诚客户松动
    .about = 曾是忠诚型，如今不再是，或满意度大幅下降
care-reason-promise_due = 承诺到期
    .about = 已向客户作出承诺，现已到期而未兑现
care-reason-hostage = 高价值人质型
    .about = 不满意、因别无更好选择而留下，且消费额名列前茅：竞争者一来最先离开

care-class = 原为{ $from }，现为{ $to }
care-alive = 仍属A类，但未流失概率由{ $from }降至{ $to }
care-type = 原为{ $from }，现为{ $to }
care-satisfaction = 仍是忠诚型，但满意度由{ $from }降至{ $to }（满分10）
care-promise-due = 有一项承诺将于{ $day }到期
care-promise-overdue = 有一项承诺已于{ $day }到期，尚未兑现
care-hostage = 消费额名列前茅，满意度仅{ $value }（满分10）却仍留下：竞争者一来最先离开

risk-basis-lifetime = 按终身价值
risk-basis-profit = 按观察期利润

contact-outcome-reached = 已联系上
contact-outcome-not_reached = 未联系上
contact-outcome-promised = 已作承诺
contact-outcome-kept = 承诺已兑现
contact-outcome-lost = 已流失

care-title = 需要联系的客户：{ $text }
care-note = 风险价值最高者在前。终身价值与流失概率均已知时，风险价值＝终身价值×流失概率；否则取观察期利润，数值下方注明依据。原因在季度结算时判定，最严重者在前；承诺以今日为准，只列入最新季度的名单。
care-none = 暂无：没有客户需要列入名单。
care-manager = 客户经理
care-nobody = 暂无客户经理
care-why = 原因
care-at-risk = 风险价值
care-what = 应对要点
care-contact = 最近联系
care-never = 尚未联系
care-next = 下次{ $text }
care-log-one = 登记联系
care-log = 登记联系
care-log-button = 登记
care-contacts = 联系记录
care-who = 联系人（留空为客户经理）
care-channel = 方式：电话、拜访等
care-outcome = 结果
care-next-at = 承诺期限或下次联系时间
care-file-note = 文件含所示季度与细分的全部名单，不限客户经理。
