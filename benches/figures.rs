//! How fast the grammar of figures reads: newspaper prose, a table of numbers, one line of digits.

use divan::counter::BytesCount;
use zhupi::suggest::figures::find;

fn main() {
    divan::main();
}

/// About a megabyte of prose with as many figures as a news report has.
fn prose() -> String {
    let paragraph = "市统计局昨天发布的数据显示，2024年全市新增就业岗位12.6万个，同比增长3.2%，其中近四成来自中小企业。\
                     负责人表示，五年来全市共投入资金38.5亿元，改造老旧小区一千二百余个，惠及居民60多万户，群众满意度保持在\
                     95%以上。下一步将继续统一规划、分步实施，进一步完善公共服务，让千家万户感到便利。各区各部门要认真\
                     总结经验，加强协调配合，把工作做得更细更实，及时回应群众关切，推动各项政策落地见效。\n";
    paragraph.repeat(1_000_000 / paragraph.len())
}

fn dense() -> String {
    "3至5万元、15.8%、第12届、2024年9月15日上午9时30分，约1.2亿人次；".repeat(10_000)
}

fn digits() -> String {
    "7".repeat(10_000_000)
}

#[divan::bench(args = [("prose", prose as fn() -> String), ("dense", dense), ("digits", digits)].map(|(name, text)| Input { name, text: text() }))]
fn read(bencher: divan::Bencher<'_, '_>, input: &Input) {
    bencher
        .counter(BytesCount::of_str(&input.text))
        .bench(|| find(&input.text, None));
}

struct Input {
    name: &'static str,
    text: String,
}

impl std::fmt::Display for Input {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}
