# 客户说了什么：四种提问方式。

page-comments = 客户心声
comments-ways = 四种提问方式
comments-ways-lead = 对同样的客户用四种方式提问。结果一致，结论可信；结果不一致，就要回头再看问题本身。
comments-way = 提问方式
way-direct = 直接评分
    .about = 您有多满意？
way-expected = 期望与实际对比
    .about = 您原先期望什么，实际得到什么？
way-problems = 问题与建议
    .about = 哪里出了问题，您希望改什么？
way-importance = 重要性与表现
    .about = 这一点有多重要，我们做得有多好？
comments-ways-note = 比例以本季度有反馈（答卷或留言）的客户为基数。逐题的重要性与表现见：
comments-problems = 问题主题
comments-suggestions = 建议主题
comments-no-themes = 本季度没有记录到问题或建议。
comments-theme = 主题
comments-named = 提及次数
comments-themes-note = 本季度有反馈（答卷或留言），为比例的基数。同一主题每位客户只计一次。
comments-words = 客户原话
comments-contains = 包含
comments-origin = 来源
comments-search = 搜索
comments-none = 本季度没有符合条件的原话。
comments-at = 时间
comments-text = 原话
