//! Several calls at once, without an async runtime.

use std::{
    future::{Future, poll_fn},
    mem,
    task::Poll,
};

use crate::call::{Answer, Call};

/// The answers of [`concurrently`].
pub(crate) type Answers = ([Option<Answer>; 2], Answer);

/// Makes up to three calls at once, in this order.
///
/// The last one, and those from index `first` on, are awaited. The calls before them are optional:
/// one that has not answered by then is dropped.
// One function for one type, since `join` and `select` of crate `futures-util` are compiled for
// every combination of types, and each copy is larger than this.
pub(crate) fn concurrently(
    mut calls: [Option<Call>; 2],
    mut last: Call,
    first: usize,
) -> impl Future<Output = Answers> {
    let mut answers = [None, None];
    let mut last_answer = None;
    poll_fn(move |context| {
        let mut is_pending = false;
        for (index, (slot, answer)) in calls.iter_mut().zip(&mut answers).enumerate() {
            let Some(call) = slot else { continue };
            match call.as_mut().poll(context) {
                Poll::Ready(value) => (*slot, *answer) = (None, Some(value)),
                Poll::Pending => is_pending |= index >= first,
            }
        }
        if last_answer.is_none()
            && let Poll::Ready(value) = last.as_mut().poll(context)
        {
            last_answer = Some(value);
        }
        match last_answer.take() {
            Some(answer) if !is_pending => Poll::Ready((mem::take(&mut answers), answer)),
            answer => {
                last_answer = answer;
                Poll::Pending
            }
        }
    })
}
