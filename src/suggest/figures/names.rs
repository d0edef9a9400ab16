//! Names of people in which a numeral counts nothing: 宋十月, 张半斤, 周三立.

use super::Reading;
use super::facts::TELLING;
use super::line::{Line, is_han};
use super::numeral;

/// Family names that are hardly ever another word before a number. 曾, 向, 任 and 高 are (曾三次获奖, 高三米), and so are
/// names of what is counted (马, 姜).
const FAMILIES: &str = "王李张刘陈杨赵吴徐孙朱胡郭林罗郑梁谢宋唐韩冯邓曹彭肖董袁潘蒋蔡杜苏魏吕沈姚卢崔谭陆廖贾韦邹孟秦邱尹薛闫陶黎贺顾郝龚邵严覃戴莫";

/// Characters at the end of what people are called before their name: 队员, 教练, 书记.
const ROLES: &str = "员长师手家人民者兵警授士导理官攻将帅翁婆爷娘医妇孩友锋卫练委工记任席生";

/// Characters after a weekday that are no given name: 周三他说.
const NO_NAMES: &str = "他她它我你您再会还就也都要能曾在已又并才未不来起";

/// Whether `reading` is made of characters of somebody's name.
pub(super) fn holds(line: &Line, reading: &Reading) -> bool {
    const LONGEST: usize = 2;
    if reading.end - reading.start > LONGEST || line.at(reading.start).is_ascii_digit() {
        return false;
    }
    if line.at(reading.start) == '周' {
        return is_called_like_a_weekday(line, reading.start, reading.end);
    }
    let numeral = numeral::is_numeral(line.at(reading.start)) || line.at(reading.start) == '半';
    let called = line.before(reading.start, 2);
    let family = FAMILIES.contains(line.before(reading.start, 1));
    numeral && family && (!is_han(called) || ROLES.contains(called))
}

/// 周三立说: whether the weekday from `start` up to `end` is made of characters of a name.
pub(super) fn is_called_like_a_weekday(line: &Line, start: usize, end: usize) -> bool {
    let given = line.at(end);
    let told = TELLING.iter().any(|word| line.has(end + 1, word));
    line.at(start) == '周' && told && is_han(given) && !NO_NAMES.contains(given)
}
