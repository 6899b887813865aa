//! The files of a site, what is at a place, and what we put there before → what has to be done, and in which order. Pure: what talks to
//! the place is in edge/deploy/.

mod known;
mod plan;

pub use known::{Known, LIST, Put};
pub use plan::{Local, Plan, Step, Why, in_the_way, is_amiss, plan};
