import QtQuick

// Tab through what can be done with the messages, from the first that is seen to the last, whatever the order in which
// the list happened to make them.
QtObject {
    id: order

    required property MessageList messages
    readonly property bool atList: messages.activeFocus && messages.Window.activeFocusItem === messages

    // Coming back with Shift+Tab begins at the end.
    function enter(): void {
        const here = messages.Window.activeFocusItem as Item;
        if (here === null || here === messages || !inList(here) || reasonOf(here) !== Qt.BacktabFocusReason)
            return;
        const every = stops();
        if (every.length > 0)
            go(every[every.length - 1], false);
    }

    function step(forward: bool): void {
        const here = messages.Window.activeFocusItem as Item;
        if (here === null)
            return;
        const next = here === messages ? (forward ? seen() : null) : beside(here, forward);
        go(next ?? (!forward && here !== messages ? messages : outside(here, forward)), forward);
    }

    function go(item: Item, forward: bool): void {
        if (item === null)
            return;
        const message = messageOf(item);
        if (message !== null) {
            messages.positionViewAtIndex(message.index, ListView.Contain);
            messages.settle();
        } else {
            forget();
        }
        item.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason);
    }

    // Else the list would hand the keyboard to what had it last.
    function forget(): void {
        const last = messages.Window.activeFocusItem as Item;
        for (let one = last; one !== null && messageOf(one) !== null; one = one.parent)
            one.focus = false;
    }

    function seen(): Item {
        return stops().find(one => messageOf(one).y + messageOf(one).height > messages.contentY) ?? null;
    }

    function beside(here: Item, forward: bool): Item {
        const every = stops();
        const at = every.indexOf(here);
        return at < 0 ? null : every[at + (forward ? 1 : -1)] ?? null;
    }

    // What can take the keyboard in the messages that are drawn, in reading order.
    function stops(): var {
        const drawn = Array.from(messages.contentItem.children).filter(one => one instanceof Message);
        drawn.sort((one, other) => one.index - other.index);
        const found = [];
        drawn.forEach(one => gather(one, found));
        return found;
    }

    function gather(item: Item, found: var): void {
        if (!item.visible || !item.enabled)
            return;
        if (item.activeFocusOnTab)
            found.push(item);
        Array.from(item.children).forEach(one => gather(one, found));
    }

    function outside(from: Item, forward: bool): Item {
        let one = from.nextItemInFocusChain(forward);
        for (let steps = 0; one !== null && inList(one) && steps < 1000; steps++)
            one = one.nextItemInFocusChain(forward);
        return one;
    }

    function messageOf(item: Item): Message {
        let one = item;
        while (one !== null && !(one instanceof Message))
            one = one.parent;
        return one as Message;
    }

    function inList(item: Item): bool {
        return item === messages || messageOf(item) !== null;
    }

    // Plain items do not keep how the keyboard came to them.
    function reasonOf(item: var): int {
        return item.focusReason ?? Qt.BacktabFocusReason;
    }
}
