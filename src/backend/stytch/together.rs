//! Two calls at the same time, without a runtime.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    task::Poll,
};

pub(super) type Calling<T> = Pin<Box<dyn Future<Output = T>>>;

/// Both answers. The calls leave in this order, in the same moment.
pub(super) async fn both<A, B>(mut one: Calling<A>, mut other: Calling<B>) -> (A, B) {
    let (mut first, mut second) = (None, None);
    poll_fn(|context| {
        if first.is_none()
            && let Poll::Ready(answer) = one.as_mut().poll(context)
        {
            first = Some(answer);
        }
        if second.is_none()
            && let Poll::Ready(answer) = other.as_mut().poll(context)
        {
            second = Some(answer);
        }
        match (first.take(), second.take()) {
            (Some(one), Some(other)) => Poll::Ready((one, other)),
            (one, other) => {
                (first, second) = (one, other);
                Poll::Pending
            }
        }
    })
    .await
}

/// The answer that counts, and another where it is there by then. The other call leaves first, in the same moment, and is
/// given up with the wait.
pub(super) async fn beside<A, B>(
    mut other: Option<Calling<B>>,
    mut one: Calling<A>,
) -> (A, Option<B>) {
    let mut extra = None;
    let answer = poll_fn(|context| {
        if let Some(calling) = &mut other
            && let Poll::Ready(answer) = calling.as_mut().poll(context)
        {
            extra = Some(answer);
            other = None;
        }
        one.as_mut().poll(context)
    })
    .await;
    (answer, extra)
}
