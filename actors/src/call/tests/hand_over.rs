//! Stories of calls that are handed over, or lose their consultant.

use expect_test::expect;

use super::{check, check_talking};

#[test]
fn a_call_is_handed_over_without_a_gap() {
    check_talking(
        "anna gives to ben\n free ben\n ben accepts\n consultant ready\n consultant 1 silent\n consultant 2 connected\n anna gives to cora",
        expect![[r#"
            anna gives to ben
              who is free of ben? [Active]
            free ben
              [Active]
            ben accepts
              ben is busy; anna gave it away [Connecting]
            consultant ready
              connect Consultant 2 [Connecting]
            consultant 1 silent
              [Connecting]
            consultant 2 connected
              [Active]
            anna gives to cora
              refused: Unknown [Active]
        "#]],
    );
}

#[test]
fn a_hand_over_that_fails_changes_nothing() {
    check_talking(
        "anna gives to ben\n free\n anna gives to ben\n free ben\n ben declines",
        expect![[r#"
        anna gives to ben
          who is free of ben? [Active]
        free
          [Active]
        anna gives to ben
          who is free of ben? [Active]
        free ben
          [Active]
        ben declines
          stop ringing ben; ben is free [Active]
    "#]],
    );
    check_talking(
        "anna gives to ben\n free ben\n wait 25\n ben accepts",
        expect![[r#"
        anna gives to ben
          who is free of ben? [Active]
        free ben
          [Active]
        wait 25
          stop ringing ben; ben is free [Active]
        ben accepts
          refused: Unknown [Active]
    "#]],
    );
    check_talking(
        "anna gives to ben\n free ben\n anna gives to nobody\n ben accepts",
        expect![[r#"
        anna gives to ben
          who is free of ben? [Active]
        free ben
          [Active]
        anna gives to nobody
          stop ringing ben; ben is free [Active]
        ben accepts
          refused: Unknown [Active]
    "#]],
    );
    check_talking(
        "anna gives to ben\n anna gives to cora\n free ben\n free cora",
        expect![[r#"
        anna gives to ben
          who is free of ben? [Active]
        anna gives to cora
          who is free of cora? [Active]
        free ben
          ben is free [Active]
        free cora
          [Active]
    "#]],
    );
}

#[test]
fn a_consultant_who_is_deleted_talks_no_more() {
    check_talking(
        "anna is deleted",
        expect![[r#"
        anna is deleted
          anna is free; over [Ended ConsultantHangup]
    "#]],
    );
    check(
        "plan anna then ben\n free anna\n anna is deleted",
        expect![[r#"
        plan anna then ben
          who is free of anna? [Ringing]
        free anna
          [Ringing]
        anna is deleted
          stop ringing anna; anna is free; who is free of ben? [Ringing]
    "#]],
    );
}

#[test]
fn whoever_takes_a_call_over_without_a_microphone_ends_it() {
    check_talking(
        "anna gives to ben\n free ben\n ben accepts\n consultant has no microphone",
        expect![[r#"
        anna gives to ben
          who is free of ben? [Active]
        free ben
          [Active]
        ben accepts
          ben is busy; anna gave it away [Connecting]
        consultant has no microphone
          ben is free; over [Ended MicDenied]
    "#]],
    );
}
