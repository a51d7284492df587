//! The macro that turns a type into a plugin.

/// Exports a type as a plugin with the hooks named after the colon; it implements the trait of each.
///
/// Hooks: `routing`, `working_hours`, `notifications`, `messages`, `bot`, `pre_chat`, `enrichment`.
/// Call it once, in the crate root: `export!(Mine: routing, notifications);`
#[macro_export]
macro_rules! export {
    ($plugin:ident: $($hook:ident),+ $(,)?) => {
        $crate::__export_click2callme_plugin_manifest_1_0_0_cabi!(
            $plugin with_types_in $crate::bindings::exports::click2callme::plugin::manifest
        );
        $crate::__section!("base" BASE);
        $crate::__hooks!($plugin [$($hook)+] $($hook)+);
    };
}

/// Exports the hooks one by one; each may look at all of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __hooks {
    ($plugin:ident $all:tt $($hook:ident)+) => {
        $($crate::__hook!($plugin $hook $all);)+
    };
}

/// Exports one hook: its functions and its description.
#[doc(hidden)]
#[macro_export]
macro_rules! __hook {
    ($plugin:ident routing $all:tt) => {
        $crate::__export_click2callme_plugin_routing_1_0_0_cabi!(
            $plugin with_types_in $crate::bindings::exports::click2callme::plugin::routing
        );
        $crate::__section!("routing" ROUTING);
    };
    ($plugin:ident working_hours $all:tt) => {
        $crate::__export_click2callme_plugin_working_hours_1_0_0_cabi!(
            $plugin with_types_in $crate::bindings::exports::click2callme::plugin::working_hours
        );
        $crate::__section!("working-hours" WORKING_HOURS);
    };
    ($plugin:ident notifications $all:tt) => {
        $crate::__export_click2callme_plugin_notifications_1_0_0_cabi!(
            $plugin with_types_in $crate::bindings::exports::click2callme::plugin::notifications
        );
        $crate::__section!("notifications" NOTIFICATIONS);
    };
    ($plugin:ident messages $all:tt) => {
        $crate::__export_click2callme_plugin_messages_1_0_0_cabi!(
            $plugin with_types_in $crate::bindings::exports::click2callme::plugin::messages
        );
        $crate::__section!("messages" MESSAGES);
    };
    ($plugin:ident bot $all:tt) => {
        $crate::__export_click2callme_plugin_bot_1_0_0_cabi!(
            $plugin with_types_in $crate::bindings::exports::click2callme::plugin::bot
        );
        $crate::__bot_section!($all);
    };
    ($plugin:ident pre_chat $all:tt) => {
        $crate::__export_click2callme_plugin_pre_chat_1_0_0_cabi!(
            $plugin with_types_in $crate::bindings::exports::click2callme::plugin::pre_chat
        );
        $crate::__section!("pre-chat" PRE_CHAT);
    };
    ($plugin:ident enrichment $all:tt) => {
        $crate::__export_click2callme_plugin_enrichment_1_0_0_cabi!(
            $plugin with_types_in $crate::bindings::exports::click2callme::plugin::enrichment
        );
        $crate::__section!("enrichment" ENRICHMENT);
    };
}

/// Looks for `messages` among all hooks of the plugin: then a bot's messages are the exported ones.
#[doc(hidden)]
#[macro_export]
macro_rules! __bot_section {
    ([messages $($rest:ident)*]) => {
        $crate::__section!("bot" BOT_AND_MESSAGES);
    };
    ([$other:ident $($rest:ident)*]) => {
        $crate::__bot_section!([$($rest)*]);
    };
    ([]) => {
        $crate::__section!("bot" BOT);
    };
}

/// Puts one description into a custom section of its own: the linker would glue those of the same name together.
#[doc(hidden)]
#[macro_export]
macro_rules! __section {
    ($name:literal $bytes:ident) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            #[unsafe(link_section = concat!("component-type:click2callme:", $name))]
            static SECTION: [u8; $crate::sections::$bytes.len()] = $crate::sections::$bytes;
        };
    };
}
