//! Lines of this subject.
