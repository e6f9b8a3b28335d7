pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

// The names of devices as choices, with the system's own choice first.
QtObject {
    function named(names: var, own: string): var {
        return [
            {
                value: "",
                text: own
            },
            ...names.map(name => ({
                        value: name,
                        text: name
                    }))];
    }
}
