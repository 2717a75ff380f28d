// Submitting and giving up: the protocol of runtime/idle.h with late stores, in Promela.
//
// NM machines, 2 processors. Coroutines start others (a push to the own queue), yield (a push to
// the global queue), end, or keep their machine busy for ever. When nothing can move any more, no
// work may lie in a queue while a processor is idle: that would be a lost wake-up.
//
// The steps have the names that they have in runtime/idle.h. The defines NO_S2, NO_G2, NO_G3 and
// NO_W3 each leave one out, LATE_UNCOUNT makes two of one, and verification must then fail. F2 cannot
// be missed here: it is for a third processor.
//
// What is simplified:
//   - The next slot and the queue of a processor are one number, how many coroutines lie there.
//   - A critical section under the scheduler's lock is one step.
//   - A machine or processor that is taken from its idle list is the lowest one there, as those in
//     a list do not differ.
//   - A thief takes one, not half.
//   - Who needs a machine when all NM are on their way to their rest waits for one; the runtime
//     would start another.
#ifndef NM
#define NM 3
#endif
#define NP 2
#ifndef SPAWNS
#define SPAWNS 3
#endif
#ifndef YIELDS
#define YIELDS 0
#endif
#define NONE 15

// [SECTION] Memory: a store is seen by its own machine at once, and by the others when it lands

// The cells: searchers, with ASKED added when one more is asked for; size of the global queue, and
// of each processor's queue.
#define SPINNING 0
#define ASKED 8
#define GLOBAL 1
#define QUEUE 2
#define CELLS 4

byte newest[CELLS];  // as the last machine that wrote it sees it
byte landed[CELLS];  // as all others see it
byte writer[CELLS] = NONE;  // whose store has not landed; NONE: it has
bool released[CELLS];  // that machine has released the lock since: the next to take it sees it

#define load(c) (writer[c] == m -> newest[c] : landed[c])

inline land(c) {
    landed[c] = newest[c];
    writer[c] = NONE;
    released[c] = false
}
// Adds to a cell: a read-modify-write, or a store of which the lock or the ownership sees to it that
// nobody else writes at the same time. Either way it follows the last change.
inline add(c, delta) {
    if
    :: writer[c] != m || released[c] -> land(c)
    :: else
    fi;
    newest[c] = newest[c] + delta;
    writer[c] = m
}
inline land_mine(c) {
    if
    :: writer[c] == m -> land(c)
    :: else
    fi
}
inline fence() {
    d_step {
        land_mine(0); land_mine(1); land_mine(2); land_mine(3)
    }
}
inline land_released(c) {
    if
    :: released[c] -> land(c)
    :: else
    fi
}
inline lock() {
    land_released(0); land_released(1); land_released(2); land_released(3)
}
inline unlock() {
    released[0] = released[0] || writer[0] == m;
    released[1] = released[1] || writer[1] == m;
    released[2] = released[2] || writer[2] == m;
    released[3] = released[3] || writer[3] == m
}

// [SECTION] Processors and machines

// Where a processor is: in the idle list, or in the hands of a machine (its number).
#define LISTED 14
byte place[NP] = LISTED;
bool resting[NM];
byte given[NM] = NONE;
bool given_spinning[NM];
byte spawns = SPAWNS, yields = YIELDS;

#define idle_count ((place[0] == LISTED) + (place[1] == LISTED))

// Under the lock: q is an idle processor, or NONE.
inline take_idle_processor() {
    if
    :: place[0] == LISTED -> q = 0
    :: place[0] != LISTED && place[1] == LISTED -> q = 1
    :: else -> q = NONE
    fi;
    if
    :: q != NONE -> place[q] = m
    :: else
    fi
}
inline acquire_processor() {
    assert(place[q] == m && p == NONE);
    p = q;
    q = NONE
}
#define searchers(word) ((word) % ASKED)
inline begin_spinning() {
    d_step {
        add(SPINNING, 1);
        newest[SPINNING] = searchers(newest[SPINNING]);
        searching = true
    }
}
inline end_spinning() {
    d_step {
        add(SPINNING, -1);
        searching = false
    }
}
inline ask() {
    if
    :: newest[SPINNING] < ASKED -> add(SPINNING, ASKED)
    :: else
    fi
}
// q goes to a resting machine. Waking it is a system call, which settles this machine's stores.
inline start_machine() {
    atomic {
        resting[0] || resting[1] || resting[2] || resting[NM - 1];
        d_step {
            lock();
            do
            :: resting[i] -> break
            :: else -> i++
            od;
            resting[i] = false;
            assert(place[q] == m && given[i] == NONE);
            place[q] = i;
            given[i] = q;
            given_spinning[i] = true;
            q = NONE;
            i = 0
        };
        fence()
    }
}
inline wake_one() {
#ifndef NO_S2
    fence();  // S2
#endif
    if
    :: searchers(load(SPINNING)) == 0 ->  // S3
        d_step {  // W1
            if
            :: searchers(newest[SPINNING]) == 0 -> add(SPINNING, 1); won = true
            :: else -> won = false
            fi
        };
        if
        :: won ->
            won = false;
            d_step {
                lock();
                take_idle_processor();  // W2
                if
                :: q == NONE ->
#ifndef LATE_UNCOUNT
                    add(SPINNING, -1);
#endif
#ifndef NO_W3
                    ask()  // W3
#else
                    skip
#endif
                :: else
                fi;
                unlock()
            };
            if
            :: q != NONE -> start_machine()
            :: else
#ifdef LATE_UNCOUNT
                -> d_step { add(SPINNING, -1) }
#endif
            fi
        :: else
        fi
    :: else
    fi
}

active [NM] proctype Machine() {
    byte m = _pid;  // the machines are started first
    byte p = NONE, q = NONE, i = 0;
    bool searching = false, won = false;
    if
    :: m == 0 -> d_step { place[0] = m; p = 0 }; goto running
    :: else -> resting[m] = true; goto end_parked
    fi;

running:
    do
    :: atomic { spawns > 0 -> spawns--; add(QUEUE + p, 1) };  // S1
        wake_one()
    :: atomic {
            yields > 0 -> yields--;
            lock(); add(GLOBAL, 1); unlock()  // S1
        };
        wake_one();
        break
    :: break
    :: goto end_busy
    od;

find:
    atomic {
        if
        :: load(QUEUE + p) > 0 ->
            // Taking releases: what the owner has pushed lands first.
            land_mine(QUEUE + p);
            newest[QUEUE + p] = newest[QUEUE + p] - 1;
            landed[QUEUE + p] = landed[QUEUE + p] - 1;
            won = true
        :: else
        fi
    };
    if
    :: won -> goto found
    :: else
    fi;
    if
    :: load(GLOBAL) != 0 ->
        d_step {
            lock();
            if
            :: newest[GLOBAL] > 0 -> add(GLOBAL, -1); won = true
            :: else
            fi;
            unlock()
        };
        if
        :: won -> goto found
        :: else
        fi
    :: else
    fi;
    if
    :: searching
    :: !searching && 2 * searchers(load(SPINNING)) < NP - idle_count -> begin_spinning()
    :: !searching && 2 * searchers(load(SPINNING)) >= NP - idle_count -> goto give_up
    fi;
    d_step {
        if
        :: load(QUEUE + 1 - p) > 0 ->
            newest[QUEUE + 1 - p] = newest[QUEUE + 1 - p] - 1;
            landed[QUEUE + 1 - p] = landed[QUEUE + 1 - p] - 1;
            won = true
        :: else
        fi
    };
    if
    :: won -> goto found
    :: else
    fi;

give_up:
    atomic {
        lock();
        if
        :: newest[GLOBAL] > 0 -> add(GLOBAL, -1); won = true
        :: newest[GLOBAL] == 0 && !searching && load(SPINNING) >= ASKED -> q = p  // W3
        :: else ->
            assert(place[p] == m);
            place[p] = LISTED;
            p = NONE
        fi;
        unlock()
    };
    if
    :: won -> goto found
    :: else
    fi;
    if
    :: q != NONE -> q = NONE; begin_spinning(); goto find
    :: else
    fi;
    if
    :: searching ->
        end_spinning();  // G1
#ifndef NO_G2
        fence();  // G2
#endif
#ifndef NO_G3
        if
        :: load(GLOBAL) != 0 ->
            d_step {
                lock();
                if
                :: newest[GLOBAL] != 0 ->
                    take_idle_processor();
                    if
                    :: q != NONE -> add(GLOBAL, -1); won = true
                    :: else -> ask()
                    fi
                :: else
                fi;
                unlock()
            };
            if
            :: won -> acquire_processor(); begin_spinning(); goto found
            :: else
            fi
        :: else
        fi;
        if
        :: load(QUEUE) != 0 || load(QUEUE + 1) != 0 ->
            d_step {
                lock();
                take_idle_processor();
                if
                :: q == NONE -> ask()
                :: else
                fi;
                unlock()
            };
            if
            :: q != NONE -> acquire_processor(); begin_spinning(); goto find
            :: else
            fi
        :: else
        fi
#endif
    :: else
    fi;
    d_step { lock(); resting[m] = true; unlock() };

end_parked:
    atomic {
        given[m] != NONE ->
        q = given[m];
        given[m] = NONE;
        searching = given_spinning[m];
        acquire_processor()
    };
    goto find;

found:
    won = false;
    if
    :: searching ->
        end_spinning();  // F1
        wake_one()  // F2
    :: else
    fi;
    goto running;

end_busy:
    false  // for ever
}

// What has been stored lands at any time, in any order.
active proctype Memory() {
end:
    do
    :: d_step { writer[0] != NONE -> land(0) }
    :: d_step { writer[1] != NONE -> land(1) }
    :: d_step { writer[2] != NONE -> land(2) }
    :: d_step { writer[3] != NONE -> land(3) }
    od
}

active proctype Judge() {
    timeout;  // nothing else can move
    assert(searchers(newest[SPINNING]) == 0);
    assert(newest[GLOBAL] + newest[QUEUE] + newest[QUEUE + 1] == 0 || idle_count == 0)
}
