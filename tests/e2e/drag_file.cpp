// Drags a file onto a window of another program and drops it there, as a file manager does: the
// source's side of the XDND protocol, version 5.  drag_file WINDOW FILE
#include <X11/Xatom.h>
#include <X11/Xlib.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

namespace {

constexpr long protocol_version = 5;
constexpr auto patience = std::chrono::seconds(20);

class Drag {
public:
    Drag(Display* display, Window target, std::string uri)
        : display_(display),
          target_(target),
          uri_(std::move(uri)),
          source_(XCreateSimpleWindow(display, DefaultRootWindow(display), 0, 0, 1, 1, 0, 0, 0)) {
        XSetSelectionOwner(display_, atom("XdndSelection"), source_, CurrentTime);
    }

    // Enter, go there, drop when the target would take it, hand the name over; true: it was taken.
    bool drop() {
        send("XdndEnter", protocol_version << 24, static_cast<long>(atom("text/uri-list")), 0, 0);
        const long where = middle();
        send("XdndPosition", 0, where, CurrentTime, static_cast<long>(atom("XdndActionCopy")));
        const auto until = std::chrono::steady_clock::now() + patience;
        while (std::chrono::steady_clock::now() < until) {
            if (XPending(display_) == 0) {
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
                continue;
            }
            XEvent event;
            XNextEvent(display_, &event);
            if (event.type == SelectionRequest) hand_over(event.xselectionrequest);
            if (event.type != ClientMessage) continue;
            const XClientMessageEvent& message = event.xclient;
            if (message.message_type == atom("XdndStatus")) {
                if ((message.data.l[1] & 1) == 0) return false;
                if (!dropped_) send("XdndDrop", 0, CurrentTime, 0, 0);
                dropped_ = true;
            }
            if (message.message_type == atom("XdndFinished")) return (message.data.l[1] & 1) != 0;
        }
        return false;
    }

private:
    Atom atom(const char* name) const { return XInternAtom(display_, name, False); }

    void send(const char* type, long a, long b, long c, long d) {
        XEvent event{};
        event.xclient.type = ClientMessage;
        event.xclient.display = display_;
        event.xclient.window = target_;
        event.xclient.message_type = atom(type);
        event.xclient.format = 32;
        event.xclient.data.l[0] = static_cast<long>(source_);
        event.xclient.data.l[1] = a;
        event.xclient.data.l[2] = b;
        event.xclient.data.l[3] = c;
        event.xclient.data.l[4] = d;
        XSendEvent(display_, target_, False, NoEventMask, &event);
        XFlush(display_);
    }

    // Of the target, as the protocol wants it: x and y of the screen in one number.
    long middle() const {
        XWindowAttributes size;
        XGetWindowAttributes(display_, target_, &size);
        int x = 0, y = 0;
        Window child = 0;
        XTranslateCoordinates(display_, target_, DefaultRootWindow(display_), size.width / 2,
                              size.height / 2, &x, &y, &child);
        return long{x} << 16 | y;
    }

    void hand_over(const XSelectionRequestEvent& request) {
        XChangeProperty(display_, request.requestor, request.property, request.target, 8,
                        PropModeReplace, reinterpret_cast<const unsigned char*>(uri_.data()),
                        static_cast<int>(uri_.size()));
        XEvent event{};
        event.xselection.type = SelectionNotify;
        event.xselection.display = display_;
        event.xselection.requestor = request.requestor;
        event.xselection.selection = request.selection;
        event.xselection.target = request.target;
        event.xselection.property = request.property;
        event.xselection.time = request.time;
        XSendEvent(display_, request.requestor, False, NoEventMask, &event);
        XFlush(display_);
    }

    Display* display_;
    Window target_;
    std::string uri_;
    Window source_;
    bool dropped_ = false;
};

}  // namespace

int main(int count, char** words) {
    if (count != 3) {
        std::fprintf(stderr, "usage: drag_file WINDOW FILE\n");
        return 2;
    }
    Display* display = XOpenDisplay(nullptr);
    if (display == nullptr) {
        std::fprintf(stderr, "drag_file: there is no display\n");
        return 2;
    }
    const auto window = static_cast<Window>(std::strtoul(words[1], nullptr, 0));
    const std::string uri =
        "file:"
        "//" +
        std::filesystem::absolute(words[2]).string() + "\r\n";
    const bool taken = Drag(display, window, uri).drop();
    XCloseDisplay(display);
    return taken ? 0 : 1;
}
