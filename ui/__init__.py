"""The desk: Qt Widgets. It knows records, actions and queries; it knows no store and no rule."""
