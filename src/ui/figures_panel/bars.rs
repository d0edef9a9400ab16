//! A series as bars, one for each time, with their numbers.

use egui::{Align2, FontId, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::figures::series::Series;
use crate::app::figures::wording::short_number;
use crate::i18n::Lang;
use crate::ui::tokens::{self, Colors};

/// The heights of the bars, and of the lines of words above and below them, in points.
const BARS: f32 = 48.0;
const WORDS: f32 = 16.0;
/// The widest that the space of one bar grows, in points.
const WIDEST: f32 = 72.0;

/// Shows a series; the bar of the row `chosen` is marked.
pub fn show(ui: &mut Ui, lang: Lang, series: &Series, chosen: usize) {
    let colors = Colors::of(ui.ctx().theme());
    let title = format!("{} · {}", series.subject, series.unit);
    ui.add(egui::Label::new(egui::RichText::new(&title).small().color(colors.faint_ink)).truncate());
    let count = series.points.len().max(1) as f32;
    let step = (ui.available_width() / count).min(WIDEST);
    let (rect, response) = ui.allocate_exact_size(vec2(step * count, BARS + 2.0 * WORDS), Sense::hover());
    let said: Vec<String> = series
        .points
        .iter()
        .map(|point| format!("{}: {}", point.time, short_number(point.number, lang)))
        .collect();
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("{title}: {}", said.join(", "))));
    let painter = ui.painter();
    let font = FontId::proportional(tokens::SMALL_SIZE - 1.0);
    let most = series.points.iter().map(|point| point.number.abs()).fold(0.0, f64::max);
    let base = rect.bottom() - WORDS;
    let last = series.points.len() - 1;
    // Words are written where they do not run into those written before; both ends and the chosen come first.
    let mut order: Vec<usize> = (0..series.points.len()).collect();
    order.sort_by_key(|&n| !(n == 0 || n == last || series.points[n].row == chosen));
    let mut taken: Vec<Rect> = Vec::new();
    for n in order {
        let point = &series.points[n];
        let share = if most > 0.0 {
            (point.number.abs() / most) as f32
        } else {
            0.0
        };
        let middle = rect.left() + (n as f32 + 0.5) * step;
        let top = base - (BARS * share).max(1.0);
        let half = (step * 0.32).max(1.0);
        let is_chosen = point.row == chosen;
        let fill = if is_chosen { colors.accent } else { colors.faint_ink };
        let bar = Rect::from_min_max(pos2(middle - half, top), pos2(middle + half, base));
        painter.rect_filled(bar, 1.5, fill);
        let ink = if is_chosen { colors.ink } else { colors.faint_ink };
        let words = [
            (short_number(point.number, lang), top - 1.0, Align2::CENTER_BOTTOM),
            (point.time.clone(), base + 2.0, Align2::CENTER_TOP),
        ];
        for (text, y, align) in words {
            let galley = painter.layout_no_wrap(text, font.clone(), ink);
            let mut place = align.anchor_size(pos2(middle, y), galley.size());
            // Words at the ends stay within the diagram.
            let shift = (rect.left() - place.left()).max(0.0) - (place.right() - rect.right()).max(0.0);
            place = place.translate(vec2(shift, 0.0));
            if taken
                .iter()
                .all(|other| !other.expand2(vec2(4.0, 0.0)).intersects(place))
            {
                painter.galley(place.min, galley, ink);
                taken.push(place);
            }
        }
    }
    painter.hline(rect.x_range(), base, egui::Stroke::new(1.0, colors.line));
    response.on_hover_text(said.join("\n"));
}
