//! Stories of voices that connect, break and come back.

use expect_test::expect;

use super::{check, check_talking};

#[test]
fn a_call_is_answered_and_ended() {
    check_talking(
        "visitor hangs up\n consultant hangs up",
        expect![[r#"
        visitor hangs up
          anna is free; over [Ended VisitorHangup]
        consultant hangs up
          [Ended VisitorHangup]
    "#]],
    );
}

#[test]
fn a_consultant_without_a_microphone_passes_the_call_on() {
    check(
        "plan anna then ben
         free anna
         visitor ready
         anna accepts
         consultant has no microphone
         free ben
         ben accepts
         consultant ready",
        expect![[r#"
            plan anna then ben
              who is free of anna? [Ringing]
            free anna
              [Ringing]
            visitor ready
              [Ringing]
            anna accepts
              anna is busy; connect Visitor 1 [Connecting]
            consultant has no microphone
              stop ringing anna; anna is free; who is free of ben? [Ringing]
            free ben
              [Ringing]
            ben accepts
              ben is busy [Connecting]
            consultant ready
              connect Consultant 1 [Connecting]
        "#]],
    );
}

#[test]
fn voices_that_never_come_through_end_it() {
    check(
        "plan anna\n free anna\n visitor ready\n anna accepts\n consultant ready\n wait 14\n wait 1",
        expect![[r#"
        plan anna
          who is free of anna? [Ringing]
        free anna
          [Ringing]
        visitor ready
          [Ringing]
        anna accepts
          anna is busy; connect Visitor 1 [Connecting]
        consultant ready
          connect Consultant 1 [Connecting]
        wait 14
          [Connecting]
        wait 1
          anna is free; over [Ended ConnectFailed]
    "#]],
    );
    check(
        "plan anna\n free anna\n visitor ready\n anna accepts\n wait 29\n wait 1",
        expect![[r#"
        plan anna
          who is free of anna? [Ringing]
        free anna
          [Ringing]
        visitor ready
          [Ringing]
        anna accepts
          anna is busy; connect Visitor 1 [Connecting]
        wait 29
          [Connecting]
        wait 1
          anna is free; over [Ended ConnectFailed]
    "#]],
    );
}

#[test]
fn silence_is_mended_then_replaced_then_given_up() {
    check_talking(
        "wait 10\n visitor 1 silent\n wait 5\n wait 5\n wait 5\n wait 29\n wait 1",
        expect![[r#"
        wait 10
          [Active]
        visitor 1 silent
          mend Visitor 1 [Reconnecting]
        wait 5
          mend Visitor 1 [Reconnecting]
        wait 5
          mend Visitor 1 [Reconnecting]
        wait 5
          connect Visitor 2 [Reconnecting]
        wait 29
          connect Visitor 3; connect Visitor 4; connect Visitor 5; connect Visitor 6; connect Visitor 7 [Reconnecting]
        wait 1
          anna is free; over [Ended PeerLost]
    "#]],
    );
}

#[test]
fn a_lost_side_that_comes_back_goes_on() {
    check_talking(
        "wait 10\n consultant 1 silent\n consultant 1 back",
        expect![[r#"
        wait 10
          [Active]
        consultant 1 silent
          mend Consultant 1 [Reconnecting]
        consultant 1 back
          [Active]
    "#]],
    );
}

#[test]
fn a_page_that_is_loaded_again_comes_back() {
    check_talking(
        "wait 10\n visitor leaves\n visitor 1 silent\n wait 4\n visitor ready\n visitor 1 silent\n visitor 2 connected",
        expect![[r#"
            wait 10
              [Active]
            visitor leaves
              [Active]
            visitor 1 silent
              [Reconnecting]
            wait 4
              [Reconnecting]
            visitor ready
              connect Visitor 2 [Reconnecting]
            visitor 1 silent
              [Reconnecting]
            visitor 2 connected
              [Active]
        "#]],
    );
}

#[test]
fn a_side_that_is_gone_for_good_ends_it_in_time() {
    check_talking(
        "visitor is gone\n visitor 1 silent\n wait 11\n wait 1",
        expect![[r#"
        visitor is gone
          [Active]
        visitor 1 silent
          [Reconnecting]
        wait 11
          [Reconnecting]
        wait 1
          anna is free; over [Ended PeerLost]
    "#]],
    );
    check_talking(
        "consultant leaves\n consultant 1 failed\n wait 4\n wait 1",
        expect![[r#"
        consultant leaves
          [Active]
        consultant 1 failed
          [Reconnecting]
        wait 4
          [Reconnecting]
        wait 1
          anna is free; over [Ended PeerLost]
    "#]],
    );
    check_talking(
        "visitor is gone\n wait 59\n wait 1",
        expect![[r#"
        visitor is gone
          [Active]
        wait 59
          [Active]
        wait 1
          anna is free; over [Ended PeerLost]
    "#]],
    );
}

#[test]
fn a_muted_microphone_is_not_a_lost_one() {
    check_talking(
        "visitor mutes\n visitor 1 silent\n wait 60",
        expect![[r#"
        visitor mutes
          [Active]
        visitor 1 silent
          [Active]
        wait 60
          [Active]
    "#]],
    );
}

#[test]
fn a_browser_that_hears_nothing_may_ask_for_another_path_now_and_then() {
    check_talking(
        "wait 6\n visitor asks for a path 1\n visitor asks for a path 1\n visitor asks for a path 7",
        expect![[r#"
            wait 6
              [Active]
            visitor asks for a path 1
              mend Visitor 1 [Active]
            visitor asks for a path 1
              [Active]
            visitor asks for a path 7
              [Active]
        "#]],
    );
}

#[test]
fn the_longest_call_ends() {
    check_talking(
        "wait 14399\n wait 1",
        expect![[r#"
        wait 14399
          [Active]
        wait 1
          anna is free; over [Ended TimeLimit]
    "#]],
    );
}
