fn main() {
    doui::start();
}
