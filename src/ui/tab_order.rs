//! The order in which Tab goes through widgets, where it is not the one they are drawn in.

use egui::{Context, FocusDirection, Id, Key, Modifiers, Response, Ui};

/// Lets Tab and Shift+Tab go through the widgets last kept under this name; before the first and behind the last the
/// keyboard goes on as it is drawn. To be called before the widgets are drawn: the first of them would move it.
pub fn follow(ui: &Ui, name: Id) {
    let order: Vec<Id> = ui.data(|data| data.get_temp(name)).unwrap_or_default();
    let focused = ui.memory(egui::Memory::focused);
    let Some(place) = order.iter().position(|id| Some(*id) == focused) else {
        return;
    };
    let pressed = |modifiers| ui.input(|input| input.key_pressed(Key::Tab) && input.modifiers == modifiers);
    let next = if pressed(Modifiers::NONE) {
        order.get(place + 1)
    } else if pressed(Modifiers::SHIFT) {
        place.checked_sub(1).and_then(|place| order.get(place))
    } else {
        None
    };
    if let Some(next) = next {
        ui.memory_mut(|memory| {
            memory.move_focus(FocusDirection::None);
            memory.request_focus(*next);
        });
    }
}

/// Keeps the order for the next frame; what is switched off is left out.
pub fn keep(ctx: &Context, name: Id, widgets: &[Response]) {
    let enabled = widgets.iter().filter(|widget| widget.enabled());
    let order: Vec<Id> = enabled.map(|widget| widget.id).collect();
    ctx.data_mut(|data| data.insert_temp(name, order));
}
