//! Chinese characters that are taken for each other because they look alike.
//!
//! Two lists were made by hand, from what readers and machines are known to take for each other. The third was made by
//! drawing: `shapes.txt` has for each character of the bundled font the frequent ones (the first level of GB 2312) whose
//! blurred pictures are most like its own, nearest first; `assets/shapes/make.py` made it.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Groups of characters that even a reader takes for each other at a glance.
const CLOSE: &str = "\
    己已巳 日曰目 人入八 土士 干千于 大太犬 戊戌戍 刺剌 候侯 天夭 了丁 由甲申田 玉王 木本术 白自 鸟乌 \
    兔免 治冶 睛晴 旱早 折拆 住往 请清 辨辩 暑署 今令 货贷 厂广 牛午 毛手 风凤 句旬 徽微 第弟 \
    市巿 苦若 贪贫 遣遗 因困 各名 石右 间问闻 且旦 比此 失矢 末朱未 乒乓兵 冢家 密蜜 券卷 \
    酒洒 竟竞 茶荼 代伐 仕任 拢扰 待侍 便使 项顶 贝见";

/// Groups of characters that a machine takes for each other: a part differs.
const ALIKE: &str = "\
    安女 全仝 没设 外处 拨拔 小少 天无 夭无 夫失 \
    万方 丈文 三王 上土 下卜 专寺 且目 丘兵 东乐 东车 临监 丸九 主王 主玉 主生 乃及 义叉 乎平 乎手 乖乘 \
    乘垂 买头 买卖 买实 互亘 井开并 亨享 什计汁 什叶 仆扑 仆外 仍扔 仍仔 仑仓 仓创 仰抑 仿访 仿伤 伎技 \
    伏犹优 伙秋 伙夥 会合 伟讳 伟纬 传转 伤场 伦论 伯泊 估佑 但担坦 低抵底 低纸 住注 佘余 作昨炸 作诈 \
    作怎 你称弥 佣拥 佳挂 侥饶 侥侨 侨桥 侵浸 俊峻 俊唆 俏悄 保呆 保褒 保堡 俭险 修参 修候 倍陪培 \
    借错猎 借腊 借惜措 偏编 偏遍 偷愉输 偿赏 傅博 傅缚 储诸 儿几 允充 元无 兄况 兆北 党堂 党觉 全金 \
    共其 共兴 关夹 关美 兴典 其具 其真 具县 内肉 况祝 准难 准谁 准淮 凉惊 凌陵 凌菱 凰皇 刀力 切彻 刊利 \
    刊判 刑形邢 刑型 划刘 划戏 列刘 则测 创抢 创疮 制剖 刻剂 剑检 剖部 剧居 副福幅 务各备 劣势 助肋 \
    劫却 励厉 劲轻 劲颈 劳营 势执热 勒勤 募暮墓慕幕 勿匆 北此 北比 升开 半平 半羊 博搏 占战 占点 占古 \
    卦挂 卯卵 即郎 却去 历厉 压庄 厌庆 厘埋 厚原 原源 原愿 厦夏 厨橱 参惨 又叉 又文 双权 取权 取叙 受授 \
    受爱 古吉 只织 台合 各格 各咯 后垢 向问 含舍 吴员 吴昊 吵妙 吸极 吸圾 呆杏 员贝 和秋 咸成 哀衷衰 \
    哩理 哪那 哺捕 售集 售隽 唯维 唯惟 善喜 喜嘉 喝竭揭渴 喻愉 喻谕 嚷壤攘 囊襄 囚困 囚因 四西 四回 \
    团困 园国 园圆 困固 围国 固国 国图 图圈 图圃 圆圈 土工 场扬杨 场肠 场物 坏环怀 坏还 坚竖 坚贤 坪评 \
    垂重 垂睡 垣恒 垫热 垫蛰 埋理 埙损 培赔 培掊 堂常 堆推 堤提 堵睹赌 塞赛寒 塞寨 填慎镇 墨黑 壁璧 \
    壤镶 壤瓤 壮状 复夏 夫矢 央夹 央尖 失朱 头尖 妄忘 妙抄炒 妙秒 妨防 妨纺 始姑 始治 姑枯 姓性 委季 \
    姚桃 姜美 娇桥骄 娘狼 娘酿 娘粮 娱误 媛缓 嬴羸赢 字学 字宇 孝考 孝李 季李 季秀 孤狐 学觉 宁宇 \
    安宴案 完院 宗综 宗崇 宗示 官宫 宙胄 宙笛 宙庙 定走 宜宣 审番 宫富 寅演 富福 寞莫 察祭 察擦 察蔡 \
    寨赛 寻导 导异 尤龙 尺尽 尼民 局居 层屋 屈届 屋展 展属 履覆 岩岸 岩炭 岸崖 峰锋 峰烽 峰蜂 峻浚 峻酸 \
    崇祟 崖涯 川训 川州 州洲 巢果 差羞 帐胀账 帐怅 帖贴 帜识 帜炽 带常 带滞 常赏 常裳 幸辛 庄店 庆床 \
    庆应 店点 廊朗 异弄 弃弄 张涨 张长 形彤 彩采 彭影 彻沏 彻砌 往注 径经 很根银 很限 很退 很恨 徐除 \
    徒徙 徨惶 徹撤 忘忙 忘盲 忙芒 忙茫 怕拍 性胜 性牲 恃持 恒桓 恢灰 恼脑 悟捂 悦说脱 悦阅 情请 情清 \
    惑感 惑或 惜错 惨掺 惭渐 惯贯 惶煌 愉榆 愉渝 慌荒 慌谎 慢漫 懂董 戍成 戎戒 戏找 成我 我找 战找 战站 \
    扑朴 执报 执挚 扬汤 扳板 技枝支 抄沙 抄钞 折析 折斩 抡论 抢枪 报根 报服 抨评 抬治 抬胎 抱饱 抱拘 \
    抱胞 抵祇 抽轴 抽油 担胆 拆析 拈沾 拍柏 拦栏 挂桂 按桉 挑桃 挑逃 挑跳 挠浇 挡档 捎梢稍 捐损 捕铺 \
    捕浦 捡检 捱涯 捶锤 授援 授搜 掌赏 探深 推维 措错 提是 提题 插播 援缓暖 揽览 揽缆 搂楼 搏膊 搬般 \
    摇谣遥 摸漠 摸模 撒撤 撤辙 播翻 播潘 收放 改政 攻政 攻玫 放效 放故 故胡 效郊 教散 散敬 料科 斤斥 \
    斩新 断渐 斯期 斯欺 明朋 是足 晒洒 晓浇 晓绕 暂渐 朗郎 朗浪 朝期 木米 朴补 机杌 杀柔 权杈 杆秆 材村 \
    材林 村衬 束柬 来米 杳查香 板极 极根 极级 构沟购 析祈 果课 枯祜 枳识 柏相 柚油 查渣 柱注 柱驻 标际 \
    栈线 栈践 栖牺 株珠 株诛 株蛛 根跟 格络 格胳 桥轿 桩脏 梭棱 棕综 棱陵 棵颗 棵裸 榄缆 榨窄 槛滥 横黄 \
    殊珠 残浅 氏民 汤荡 汤畅 沙砂 沦论 沧舱 沧苍 沾粘 注洼 洛络 活话 浅线 浇烧 浪狼 润阔 润闰 涨胀 淫谣 \
    渣碴 湖胡 湖蝴 滔陷 滔稻 滥蓝 灰炭 炮饱 点焦 烦须 烧绕 热熟 焦集 焰陷 煌皇 煌蝗 狠狼 狸理 猎腊 猪诸 \
    现观规 现视 理野 理鲤 瓣辫辩 瓣辨 画面 略路 白百 百自 皿血 盆盘 盆盒 盈盟 益盖 盐监 监蓝 监览 监鉴 \
    目自 盲肓 直真 省看 眉看 看着 眼银 着著 着羞 睡锤 砂纱 确碓 祇祗 祭际 福辐 秆种 科秤 秤称 秤评 \
    秩铁跌 税说 站钻 童重 筋肋 筋莇 管营 管菅 篇编 篮蓝 籍藉 纶轮 线钱 织识职 经轻 绕饶 绛降 绣诱 绪诸 \
    绪续 绫陵 续读 综踪 编骗 编蝙 缝逢 署著 羊芊 翘饶 老考者 而面 聚骤 胜脏 脏赃 腊蜡 自首 航般 航舱 \
    航舰 般船 艮良 良食 艰限 芒荒 英莫 苹革 草革 荡荫 荣菜 荣荧 荫阴 荻获 莱菜 菜采 董重 蓬逢 衬讨 袖轴 \
    裏裹 裸课 裸踝 西酉 观视 计讨 计许 计针 训顺 训驯 讲讳 许诈 论轮 访防 诱透 说锐 课颗 贞页 贞负 贱钱 \
    贱践 贿赂 赂赔 赔陪 走足 赴起 赴赶 赵越 起超 跌迭 跑饱 踩采 轮输 轴铀 辅铺 辨辫 达迭 达这 运远 近进 \
    进迸 迭送 述迷 逐遂 速逮 邮部 部陪 部都 酉酒 酿镶 醋错 里黑 重量 钓钞 钓钩 钱铁 铁铗 铴锡 银限 锖错 \
    闪闭 闰闷 闷阁 阁阔 阅阐 阳阴 阵陈 陌陷 降隆 险验 难雄 难雅 雁雇 雇顾 顶预 顷须项 顺顾 顽顾 顿颇 \
    颁频 颁领 颁颂 频额 颓颖 颖颗 颜额 饥饮 饭饮 饭饿";

/// A character and those that look like it when they are drawn.
const DRAWN: &str = include_str!("shapes.txt");

/// How much two characters are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    /// At a glance.
    Close,
    /// But for a part.
    Part,
    /// As blurred pictures.
    Drawn,
}

/// A character that another may have been printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LookAlike {
    /// The other one.
    pub char: char,
    /// How much the two are alike.
    pub likeness: Likeness,
}

static LOOK_ALIKES: LazyLock<HashMap<char, Vec<LookAlike>>> = LazyLock::new(|| {
    let mut look_alikes: HashMap<char, Vec<LookAlike>> = HashMap::new();
    for (groups, likeness) in [(CLOSE, Likeness::Close), (ALIKE, Likeness::Part)] {
        for group in groups.split_whitespace() {
            for one in group.chars() {
                let known = look_alikes.entry(one).or_default();
                for char in group.chars() {
                    if char != one && known.iter().all(|known| known.char != char) {
                        known.push(LookAlike { char, likeness });
                    }
                }
            }
        }
    }
    for entry in DRAWN.split_whitespace() {
        let mut chars = entry.chars();
        let Some(one) = chars.next() else { continue };
        let known = look_alikes.entry(one).or_default();
        for char in chars {
            if known.iter().all(|known| known.char != char) {
                known.push(LookAlike {
                    char,
                    likeness: Likeness::Drawn,
                });
            }
        }
    }
    look_alikes
});

/// The characters that `c` may have been printed as.
pub(super) fn look_alikes(c: char) -> &'static [LookAlike] {
    LOOK_ALIKES.get(&c).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_mutual_but_for_the_drawn() {
        for (&one, others) in LOOK_ALIKES.iter() {
            for other in others.iter().filter(|other| other.likeness != Likeness::Drawn) {
                let back = LookAlike { char: one, ..*other };
                assert!(look_alikes(other.char).contains(&back), "{one} {other:?}");
            }
        }
        assert!(look_alikes('己').contains(&LookAlike {
            char: '已',
            likeness: Likeness::Close
        }));
        assert!(look_alikes('仝').iter().any(|other| other.char == '全'));
        assert!(look_alikes('A').is_empty());
    }
}
