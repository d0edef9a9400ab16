//! Work that the window does not wait for: named threads, each with its own queue, and one channel home.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryIter, channel};
use std::thread;

/// A queue of work. Jobs of one lane are done in order; the lanes work beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Reading files.
    Open,
    /// Writing files: in order, so that an older state never lands on a newer one.
    Save,
    /// Working out what panels show.
    Derive,
    /// Exports and imports, which can take long.
    Exchange,
}

type Job<T> = Box<dyn FnOnce() -> Option<T> + Send>;

/// The workers. `T` is what they bring home.
#[derive(Debug)]
pub struct Jobs<T> {
    lanes: [Sender<Job<T>>; 4],
    results: Receiver<T>,
}

impl<T: Send + 'static> Jobs<T> {
    /// Starts the workers. `wake` is called, on a worker, whenever a result is there to be fetched.
    #[must_use]
    pub fn start(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (home, results) = channel();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        let lanes = ["zhupi-open", "zhupi-save", "zhupi-derive", "zhupi-exchange"]
            .map(|name| start_lane(name, home.clone(), &wake));
        Self { lanes, results }
    }

    /// Queues a job.
    pub fn run(&self, lane: Lane, job: impl FnOnce() -> T + Send + 'static) {
        self.queue(lane, Box::new(|| Some(job())));
    }

    /// Lets a worker give back the memory of something large, which takes as long as working it out for what is made of
    /// many small parts.
    pub fn discard(&self, large: impl Send + 'static) {
        let drop = move || {
            drop(large);
            None
        };
        self.queue(Lane::Derive, Box::new(drop));
    }

    fn queue(&self, lane: Lane, job: Job<T>) {
        // The worker lives as long as this sender, so the job always arrives.
        self.lanes[lane as usize].send(job).ok();
    }

    /// What has been brought home since the last call.
    pub fn results(&self) -> TryIter<'_, T> {
        self.results.try_iter()
    }
}

fn start_lane<T: Send + 'static>(name: &str, home: Sender<T>, wake: &Arc<dyn Fn() + Send + Sync>) -> Sender<Job<T>> {
    let (queue, jobs) = channel::<Job<T>>();
    let wake = Arc::clone(wake);
    let work = move || {
        for job in jobs {
            let Some(result) = job() else { continue };
            if home.send(result).is_err() {
                return;
            }
            wake();
        }
    };
    // Without threads there is no window either: the system is out of everything.
    if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(work) {
        eprintln!("zhupi: no worker thread could be started: {error}");
    }
    queue
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn jobs_of_a_lane_come_home_in_order() {
        let woken = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&woken);
        let jobs = Jobs::start(move || {
            count.fetch_add(1, Ordering::SeqCst);
        });
        for n in 0..100 {
            jobs.run(Lane::Save, move || n);
            jobs.discard(n);
        }
        let mut home: Vec<i32> = Vec::new();
        while home.len() < 100 {
            home.extend(jobs.results.recv().iter());
        }
        assert_eq!(home, (0..100).collect::<Vec<_>>());
        assert!(woken.load(Ordering::SeqCst) >= 99);
    }
}
