//! Stories of calls that ring.

use expect_test::expect;

use super::check;

#[test]
fn the_next_is_rung_when_nobody_answers_or_wants_to() {
    check(
        "plan anna then ben then cora
         free anna
         wait 24
         wait 1
         free ben
         ben declines
         free
         anna accepts",
        expect![[r#"
            plan anna then ben then cora
              who is free of anna? [Ringing]
            free anna
              [Ringing]
            wait 24
              [Ringing]
            wait 1
              stop ringing anna; anna is free; who is free of ben? [Ringing]
            free ben
              [Ringing]
            ben declines
              stop ringing ben; ben is free; who is free of cora? [Ringing]
            free
              over [Ended NoAnswer]
            anna accepts
              refused: Unknown [Ended NoAnswer]
        "#]],
    );
}

#[test]
fn when_all_declined_it_says_so() {
    check(
        "plan anna then ben\n free anna\n anna declines\n free ben\n ben declines",
        expect![[r#"
        plan anna then ben
          who is free of anna? [Ringing]
        free anna
          [Ringing]
        anna declines
          stop ringing anna; anna is free; who is free of ben? [Ringing]
        free ben
          [Ringing]
        ben declines
          stop ringing ben; ben is free; over [Ended Declined]
    "#]],
    );
}

#[test]
fn with_nobody_free_everybody_is_busy() {
    check(
        "plan anna then ben\n free\n free",
        expect![[r#"
        plan anna then ben
          who is free of anna? [Ringing]
        free
          who is free of ben? [Ringing]
        free
          over [Ended Busy]
    "#]],
    );
    check(
        "plan",
        expect![[r#"
        plan
          over [Ended Busy]
    "#]],
    );
}

#[test]
fn of_a_group_the_first_to_answer_has_it() {
    check(
        "plan anna ben cora\n free anna ben cora\n ben accepts\n anna accepts\n cora declines",
        expect![[r#"
        plan anna ben cora
          who is free of anna, ben, cora? [Ringing]
        free anna ben cora
          [Ringing]
        ben accepts
          stop ringing anna; anna is free; stop ringing cora; cora is free; ben is busy [Connecting]
        anna accepts
          refused: Unknown [Connecting]
        cora declines
          refused: Unknown [Connecting]
    "#]],
    );
}

#[test]
fn a_visitor_takes_a_call_back() {
    check(
        "plan anna\n free anna\n visitor hangs up\n anna accepts",
        expect![[r#"
        plan anna
          who is free of anna? [Ringing]
        free anna
          [Ringing]
        visitor hangs up
          stop ringing anna; anna is free; over [Ended Cancelled]
        anna accepts
          refused: Unknown [Ended Cancelled]
    "#]],
    );
    check(
        "plan anna\n visitor hangs up\n free anna",
        expect![[r#"
        plan anna
          who is free of anna? [Ringing]
        visitor hangs up
          over [Ended Cancelled]
        free anna
          anna is free [Ended Cancelled]
    "#]],
    );
}

#[test]
fn a_visitor_who_closes_the_page_while_it_rings_is_not_waited_for() {
    check(
        "plan anna\n free anna\n visitor leaves\n wait 4\n wait 1",
        expect![[r#"
        plan anna
          who is free of anna? [Ringing]
        free anna
          [Ringing]
        visitor leaves
          [Ringing]
        wait 4
          [Ringing]
        wait 1
          stop ringing anna; anna is free; over [Ended Cancelled]
    "#]],
    );
    check(
        "plan anna\n free anna\n visitor is gone\n wait 11\n visitor ready\n wait 5",
        expect![[r#"
        plan anna
          who is free of anna? [Ringing]
        free anna
          [Ringing]
        visitor is gone
          [Ringing]
        wait 11
          [Ringing]
        visitor ready
          [Ringing]
        wait 5
          [Ringing]
    "#]],
    );
}

#[test]
fn a_visitor_without_a_microphone_ends_it() {
    check(
        "plan anna\n free anna\n visitor has no microphone",
        expect![[r#"
        plan anna
          who is free of anna? [Ringing]
        free anna
          [Ringing]
        visitor has no microphone
          stop ringing anna; anna is free; over [Ended MicDenied]
    "#]],
    );
}
