//! Names of people and companies, Chinese and international. Mail addresses are of the reserved domain example.com.

use super::chance::Chance;

/// A customer's name, and what it looks like in a mail address.
pub(super) struct Name {
    /// As it is written.
    pub(super) text: String,
    /// Its part of a mail address, lower-case ASCII.
    pub(super) mailbox: String,
}

type Pair = (&'static str, &'static str);

const FAMILIES: [Pair; 24] = [
    ("王", "wang"),
    ("李", "li"),
    ("张", "zhang"),
    ("刘", "liu"),
    ("陈", "chen"),
    ("杨", "yang"),
    ("赵", "zhao"),
    ("黄", "huang"),
    ("周", "zhou"),
    ("吴", "wu"),
    ("徐", "xu"),
    ("孙", "sun"),
    ("胡", "hu"),
    ("朱", "zhu"),
    ("高", "gao"),
    ("林", "lin"),
    ("何", "he"),
    ("郭", "guo"),
    ("马", "ma"),
    ("罗", "luo"),
    ("梁", "liang"),
    ("宋", "song"),
    ("郑", "zheng"),
    ("欧阳", "ouyang"),
];

const GIVEN: [Pair; 32] = [
    ("伟", "wei"),
    ("芳", "fang"),
    ("秀英", "xiuying"),
    ("敏", "min"),
    ("静", "jing"),
    ("丽", "li"),
    ("强", "qiang"),
    ("磊", "lei"),
    ("军", "jun"),
    ("洋", "yang"),
    ("勇", "yong"),
    ("艳", "yan"),
    ("杰", "jie"),
    ("娟", "juan"),
    ("涛", "tao"),
    ("明", "ming"),
    ("超", "chao"),
    ("霞", "xia"),
    ("平", "ping"),
    ("刚", "gang"),
    ("桂英", "guiying"),
    ("子涵", "zihan"),
    ("宇轩", "yuxuan"),
    ("梓萱", "zixuan"),
    ("浩然", "haoran"),
    ("欣怡", "xinyi"),
    ("思远", "siyuan"),
    ("雨桐", "yutong"),
    ("嘉琪", "jiaqi"),
    ("晓东", "xiaodong"),
    ("建国", "jianguo"),
    ("文博", "wenbo"),
];

const FIRST_NAMES: [Pair; 28] = [
    ("Emma", "emma"),
    ("Liam", "liam"),
    ("Sofía", "sofia"),
    ("Noah", "noah"),
    ("Aisha", "aisha"),
    ("Hiroshi", "hiroshi"),
    ("Yuki", "yuki"),
    ("Min-jun", "minjun"),
    ("Lukas", "lukas"),
    ("Chloé", "chloe"),
    ("Olivia", "olivia"),
    ("Ivan", "ivan"),
    ("Anna", "anna"),
    ("Mateo", "mateo"),
    ("Fatima", "fatima"),
    ("Arjun", "arjun"),
    ("Priya", "priya"),
    ("James", "james"),
    ("Grace", "grace"),
    ("Siti", "siti"),
    ("Nguyên", "nguyen"),
    ("Linh", "linh"),
    ("Thabo", "thabo"),
    ("Elif", "elif"),
    ("Jonas", "jonas"),
    ("Maria", "maria"),
    ("Daniel", "daniel"),
    ("Camille", "camille"),
];

const LAST_NAMES: [Pair; 28] = [
    ("Smith", "smith"),
    ("García", "garcia"),
    ("Müller", "mueller"),
    ("Rossi", "rossi"),
    ("Dubois", "dubois"),
    ("Tanaka", "tanaka"),
    ("Kim", "kim"),
    ("Ivanova", "ivanova"),
    ("Silva", "silva"),
    ("Nguyen", "nguyen"),
    ("Patel", "patel"),
    ("Khan", "khan"),
    ("Johansson", "johansson"),
    ("Kowalski", "kowalski"),
    ("O’Brien", "obrien"),
    ("Yılmaz", "yilmaz"),
    ("Okafor", "okafor"),
    ("Tan", "tan"),
    ("Santos", "santos"),
    ("Brown", "brown"),
    ("Novak", "novak"),
    ("Haddad", "haddad"),
    ("Sato", "sato"),
    ("Park", "park"),
    ("Lopez", "lopez"),
    ("Weber", "weber"),
    ("Jansen", "jansen"),
    ("Mbeki", "mbeki"),
];

const PLACES: [Pair; 16] = [
    ("北京", "beijing"),
    ("上海", "shanghai"),
    ("广州", "guangzhou"),
    ("深圳", "shenzhen"),
    ("成都", "chengdu"),
    ("杭州", "hangzhou"),
    ("武汉", "wuhan"),
    ("西安", "xian"),
    ("南京", "nanjing"),
    ("重庆", "chongqing"),
    ("苏州", "suzhou"),
    ("青岛", "qingdao"),
    ("长沙", "changsha"),
    ("昆明", "kunming"),
    ("厦门", "xiamen"),
    ("哈尔滨", "harbin"),
];

const MARKS: [Pair; 20] = [
    ("宏远", "hongyuan"),
    ("瑞丰", "ruifeng"),
    ("天成", "tiancheng"),
    ("恒信", "hengxin"),
    ("金桥", "jinqiao"),
    ("华美", "huamei"),
    ("新源", "xinyuan"),
    ("东方", "dongfang"),
    ("启明", "qiming"),
    ("嘉禾", "jiahe"),
    ("云帆", "yunfan"),
    ("众合", "zhonghe"),
    ("安泰", "antai"),
    ("博雅", "boya"),
    ("长青", "changqing"),
    ("明德", "mingde"),
    ("盛世", "shengshi"),
    ("百川", "baichuan"),
    ("德润", "derun"),
    ("三和", "sanhe"),
];

const FORMS: [&str; 4] = ["有限公司", "股份有限公司", "商贸有限公司", "科技有限公司"];

const BRANDS: [Pair; 20] = [
    ("Northwind", "northwind"),
    ("Blue Harbour", "blueharbour"),
    ("Oakfield", "oakfield"),
    ("Meridian", "meridian"),
    ("Silver Pine", "silverpine"),
    ("Lumen", "lumen"),
    ("Atlas", "atlas"),
    ("Greenway", "greenway"),
    ("Copper Lane", "copperlane"),
    ("Sunrise", "sunrise"),
    ("Redstone", "redstone"),
    ("Kestrel", "kestrel"),
    ("Summit", "summit"),
    ("Harvest", "harvest"),
    ("Delta", "delta"),
    ("Polaris", "polaris"),
    ("Cedar", "cedar"),
    ("Vela", "vela"),
    ("Bright River", "brightriver"),
    ("Falcon", "falcon"),
];

const SUFFIXES: [&str; 6] = ["Ltd", "GmbH", "Pte Ltd", "Inc", "SARL", "Trading Co"];

/// A person's name.
pub(super) fn person(chance: &mut Chance, chinese: bool) -> Name {
    if chinese {
        let (family, given) = (FAMILIES[chance.place(FAMILIES.len())], GIVEN[chance.place(GIVEN.len())]);
        Name { text: format!("{}{}", family.0, given.0), mailbox: format!("{}.{}", given.1, family.1) }
    } else {
        let first = FIRST_NAMES[chance.place(FIRST_NAMES.len())];
        let last = LAST_NAMES[chance.place(LAST_NAMES.len())];
        Name { text: format!("{} {}", first.0, last.0), mailbox: format!("{}.{}", first.1, last.1) }
    }
}

/// A company's name.
pub(super) fn company(chance: &mut Chance, chinese: bool) -> Name {
    if chinese {
        let (place, mark) = (PLACES[chance.place(PLACES.len())], MARKS[chance.place(MARKS.len())]);
        let text = format!("{}{}{}", place.0, mark.0, chance.one(&FORMS));
        Name { text, mailbox: format!("{}.{}", mark.1, place.1) }
    } else {
        let brand = BRANDS[chance.place(BRANDS.len())];
        Name { text: format!("{} {}", brand.0, chance.one(&SUFFIXES)), mailbox: brand.1.to_owned() }
    }
}
