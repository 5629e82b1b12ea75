# employees and channel partners
page-people = 员工与伙伴

people-lead = 各单位员工与渠道合作伙伴的满意程度，以及他们更满意的单位，客户是否也更满意、更愿意留下。
people-none = 本季度没有员工或合作伙伴调查。
people-metric = 指数
people-show = 查看
people-who = 对象
people-unit = 单位
people-units-title = 各单位指数
people-all-units = 全部单位
people-note = 单位即一个客户细分。答卷只记录所属单位，不记录作答人；答卷过少的单位不显示数值。右侧为该单位的客户指数与客户留存率。
people-customers-index = 客户指数
people-customers-stay = 客户留存率
people-linkage = 与客户指数的关联
people-own = 员工或伙伴指数
people-customers = 客户方面
people-lag = 滞后季度
people-slope = 斜率
people-units = 单位数
people-linkage-note = r：同一维度各单位之间的皮尔逊相关系数，区间按 Fisher z 变换计算。斜率：员工或伙伴指数每高一分，客户指数相差的分数或留存率的变化。客户数据取本季度，员工与合作伙伴数据取若干季度之前。相关不等于因果。
people-rule = 员工与渠道合作伙伴：答卷不足 { $base } 份的单位不显示数值；关联分析至少需要五个两项数据齐全的单位，各单位等权。

unlinked-not_published = 较早的季度尚未发布
unlinked-too_few = 两项数据齐全的单位不足五个
unlinked-no_difference = 各单位之间没有差异

kind-linkage = 员工、伙伴与客户关联图
chart-linkage-up = 他们更满意的单位，客户也更满意
chart-linkage-down = 他们更满意的单位，客户反而更不满意
chart-linkage-open = 与客户指数没有超出偶然的关联
chart-linkage-base = r = { $r }（{ $lower } 至 { $upper }）· n = { $n } 个单位
chart-linkage-story = { $unit }：自身 { $own }，客户 { $customers }
chart-rule-linkage = 单位：{ $dimension }，各单位等权；皮尔逊相关系数及其 95% 区间；直线为最小二乘线。相关不等于因果。
