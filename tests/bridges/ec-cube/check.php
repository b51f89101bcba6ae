<?php
// The plugin's subscriber on a template with the head of EC-CUBE's, played by Twig as EC-CUBE does: the source that the event has
// then is a new template. Prints the page. Arguments: Twig's autoloader, the plugin's folder, the lines to write without it.

namespace Eccube\Event {
    class TemplateEvent
    {
        private $source;
        public function __construct($source) { $this->source = $source; }
        public function getSource() { return $this->source; }
        public function setSource($source) { $this->source = $source; }
    }
}

namespace Symfony\Component\EventDispatcher {
    interface EventSubscriberInterface
    {
        public static function getSubscribedEvents();
    }
}

namespace {
    error_reporting(E_ALL & ~E_DEPRECATED);
    [, $autoload, $plugin, $lines] = $argv;
    require $autoload;
    require "$plugin/Event.php";

    function same($one, $other, string $what): void {
        if ($one !== $other) {
            fwrite(STDERR, "$what: " . var_export($one, true) . ' is not ' . var_export($other, true) . "\n");
            exit(1);
        }
    }

    function changed(string $source): string {
        $event = new Eccube\Event\TemplateEvent($source);
        foreach (Plugin\Doui\Event::getSubscribedEvents() as $name => $method) {
            same($name, 'default_frame.twig', 'the template');
            (new Plugin\Doui\Event())->$method($event);
        }
        return $event->getSource();
    }

    function page(string $source): string {
        $twig = new Twig\Environment(new Twig\Loader\ArrayLoader(), ['strict_variables' => true]);
        $twig->addExtension(new Twig\Extension\StringLoaderExtension());
        $twig->addFunction(new Twig\TwigFunction('asset', static function ($path, $package) {
            return "/html/$package/$path";
        }));
        return $twig->createTemplate($source)->render([
            'locale' => 'ja', 'title' => '$1 \\0 店', 'meta_tags' => '<script>window.meta = !!window.doui;</script>',
        ]);
    }

    $frame = file_get_contents(__DIR__ . '/frame.twig');
    $page = page(changed($frame));
    same(preg_match('#<meta charset="utf-8">\s*<script src="/html/user_data/doui/doui\.js"></script>\s*<meta name="viewport"#', $page), 1, "the page: $page");
    same(substr_count($page, 'doui.js'), 1, 'once');
    // What the page without the plugin is told to write makes the same page.
    same(preg_replace('/\s+/', ' ', page(str_replace('<meta charset="utf-8">', trim($lines), $frame))), preg_replace('/\s+/', ' ', $page), 'by hand');
    // A template of the shop's own.
    same(changed('<HEAD><title>$1</title></HEAD>'), "<HEAD>\n    " . Plugin\Doui\Event::TAG . '<title>$1</title></HEAD>', 'without an encoding');
    same(changed('<p>part</p>'), '<p>part</p>', 'without a head');
    echo $page;
}
