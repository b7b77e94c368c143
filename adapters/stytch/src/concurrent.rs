//! Several calls at once, without an async runtime.

use std::{
    future::{Future, poll_fn},
    mem,
    task::Poll,
};

use crate::call::{Answer, Call};

/// Makes three calls at once, in this order.
///
/// Those from index `first` on are awaited. The calls before them are optional: one that has not
/// answered by then is dropped.
// One function for one type, since `join` and `select` of crate `futures-util` are compiled for
// every combination of types, and each copy is larger than this.
pub(crate) fn concurrently(
    mut calls: [Option<Call>; 3],
    first: usize,
) -> impl Future<Output = [Option<Answer>; 3]> {
    let mut answers = [None, None, None];
    poll_fn(move |context| {
        let mut is_pending = false;
        for (index, (slot, answer)) in calls.iter_mut().zip(&mut answers).enumerate() {
            let Some(call) = slot else { continue };
            match call.as_mut().poll(context) {
                Poll::Ready(value) => (*slot, *answer) = (None, Some(value)),
                Poll::Pending => is_pending |= index >= first,
            }
        }
        if is_pending {
            Poll::Pending
        } else {
            Poll::Ready(mem::take(&mut answers))
        }
    })
}
