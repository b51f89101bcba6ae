<?php

namespace Plugin\Doui;

use Eccube\Event\TemplateEvent;
use Symfony\Component\EventDispatcher\EventSubscriberInterface;

/**
 * Puts doui.js first into the head of every page of the shop. What EC-CUBE has for plugins (addAsset, the blocks of the head)
 * comes last there, after the scripts that are to wait.
 */
class Event implements EventSubscriberInterface
{
    /** The folder `dist/` lies in html/user_data as `doui`. If it lies elsewhere, write its address in the place of the asset. */
    const TAG = '<script src="{{ asset(\'doui/doui.js\', \'user_data\') }}"></script>';

    public static function getSubscribedEvents()
    {
        return ['default_frame.twig' => 'onDefaultFrame'];
    }

    public function onDefaultFrame(TemplateEvent $event)
    {
        $source = $event->getSource();
        // The encoding of a page has to be said within its first bytes. A template that says none begins with the head.
        $place = preg_match('/<meta\s[^>]*charset[^>]*>/i', $source) ? '/<meta\s[^>]*charset[^>]*>/i' : '/<head\b[^>]*>/i';
        $put = preg_replace_callback($place, static function ($found) {
            return $found[0]."\n    ".self::TAG;
        }, $source, 1);
        if (is_string($put)) {
            $event->setSource($put);
        }
    }
}
