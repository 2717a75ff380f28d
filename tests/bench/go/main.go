// The programs of rows.cpp in Go, for compare.sh. Prints
// name,processors,ops,ns_per_op,cpu_ns_per_op,extra.
//
//	bench PROCESSORS NAME...
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

type measured struct {
	ops          int
	elapsed, cpu time.Duration
	extra        string
}

type stopwatch struct {
	start time.Time
	cpu   time.Duration
}

func startWatch() stopwatch {
	return stopwatch{time.Now(), cpuTime()}
}

func (w stopwatch) stop(ops int) measured {
	return measured{ops, time.Since(w.start), cpuTime() - w.cpu, ""}
}

type row struct {
	name    string
	size    int
	measure func(size int) measured
}

var rows = []row{
	{"yield", 5_000_000, func(size int) measured { return measureYield(2, size) }},
	{"yield1k", 5_000_000, func(size int) measured { return measureYield(1000, size) }},
	{"yield10k", 5_000_000, func(size int) measured { return measureYield(10000, size) }},
	{"pingpong", 2_000_000, measurePingpong},
	{"bchan", 10_000_000, measureBchan},
	{"spawn", 2_000_000, func(size int) measured { return measureSpawn(1000, size) }},
	{"spawn1", 2_000_000, func(size int) measured { return measureSpawn(1, size) }},
	{"flood", 1_000_000, func(size int) measured { return measureSpawn(size, size) }},
	{"ring", 2_000_000, measureRing},
	{"mutex", 20_000_000, func(size int) measured { return measureMutex(false, size) }},
	{"mutexy", 2_000_000, func(size int) measured { return measureMutex(true, size) }},
	{"skynet", 1_000_000, measureSkynet},
	{"fib", 27, measureFib},
	{"parked", 1_000_000, measureParked},
}

func measureYield(coroutines, size int) measured {
	each := size / coroutines
	var all sync.WaitGroup
	watch := startWatch()
	for i := 0; i < coroutines; i++ {
		all.Add(1)
		go func() {
			for k := 0; k < each; k++ {
				runtime.Gosched()
			}
			all.Done()
		}()
	}
	all.Wait()
	return watch.stop(each * coroutines)
}

func measurePingpong(size int) measured {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for v := range ping {
			pong <- v
		}
	}()
	watch := startWatch()
	for i := 0; i < size; i++ {
		ping <- i
		<-pong
	}
	m := watch.stop(size)
	close(ping)
	return m
}

func measureBchan(size int) measured {
	channel := make(chan int, 128)
	sum := 0
	watch := startWatch()
	go func() {
		for i := 0; i < size; i++ {
			channel <- i
		}
		close(channel)
	}()
	for v := range channel {
		sum += v
	}
	m := watch.stop(size)
	expect(sum == size*(size-1)/2, "bchan's sum")
	return m
}

func measureSpawn(batch, size int) measured {
	var all sync.WaitGroup
	watch := startWatch()
	for i := 0; i < size/batch; i++ {
		all.Add(batch)
		for k := 0; k < batch; k++ {
			go all.Done()
		}
		all.Wait()
	}
	return watch.stop(size / batch * batch)
}

func measureRing(size int) measured {
	const members = 1000
	channels := make([]chan int, members)
	for i := range channels {
		channels[i] = make(chan int)
	}
	var all sync.WaitGroup
	for i := 0; i < members; i++ {
		in, out := channels[i], channels[(i+1)%members]
		all.Add(1)
		go func() {
			for hops := range in {
				if hops <= 0 {
					if hops > 1-members {
						out <- hops - 1
					}
					break
				}
				out <- hops - 1
			}
			all.Done()
		}()
	}
	runtime.Gosched()
	watch := startWatch()
	channels[0] <- size
	all.Wait()
	return watch.stop(size + members)
}

func measureMutex(yields bool, size int) measured {
	const coroutines = 16
	each := size / coroutines
	var mutex sync.Mutex
	var all sync.WaitGroup
	count := 0
	watch := startWatch()
	for i := 0; i < coroutines; i++ {
		all.Add(1)
		go func() {
			for k := 0; k < each; k++ {
				mutex.Lock()
				count++
				if yields {
					runtime.Gosched()
				}
				mutex.Unlock()
			}
			all.Done()
		}()
	}
	all.Wait()
	expect(count == each*coroutines, "the mutex's count")
	return watch.stop(count)
}

func skynet(parent chan int, number, size int) {
	if size == 1 {
		parent <- number
		return
	}
	children := make(chan int)
	for i := 0; i < 10; i++ {
		go skynet(children, number+i*(size/10), size/10)
	}
	sum := 0
	for i := 0; i < 10; i++ {
		sum += <-children
	}
	parent <- sum
}

func measureSkynet(size int) measured {
	top := make(chan int)
	watch := startWatch()
	go skynet(top, 0, size)
	sum := <-top
	m := watch.stop((10*size - 1) / 9)
	expect(sum == size*(size-1)/2, "skynet's sum")
	return m
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	forked := make(chan int)
	go func() { forked <- fib(n - 1) }()
	other := fib(n - 2)
	return other + <-forked
}

func measureFib(size int) measured {
	a, b := 0, 1
	for i := 0; i < size+1; i++ {
		a, b = b, a+b
	}
	watch := startWatch()
	result := fib(size)
	m := watch.stop(a - 1)
	expect(result == b-a, "fib")
	return m
}

func residentBytes() int {
	text, _ := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.Atoi(fields[1])
	return pages * 4096
}

func measureParked(size int) measured {
	stop := make(chan bool)
	var parked sync.WaitGroup
	debug.FreeOSMemory()
	before := residentBytes()
	watch := startWatch()
	parked.Add(size)
	for i := 0; i < size; i++ {
		go func() {
			parked.Done()
			<-stop
		}()
	}
	parked.Wait()
	m := watch.stop(size)
	each := (residentBytes() - before) / size
	close(stop)
	m.extra = fmt.Sprintf("bytes=%d", each)
	return m
}

// Of all threads of the process.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func expect(right bool, what string) {
	if !right {
		fmt.Fprintln(os.Stderr, "bench:", what, "is wrong")
		os.Exit(1)
	}
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "bench: PROCESSORS NAME...")
		os.Exit(2)
	}
	processors, err := strconv.Atoi(os.Args[1])
	if err != nil || processors < 1 {
		fmt.Fprintln(os.Stderr, "bench: PROCESSORS must be a number")
		os.Exit(2)
	}
	runtime.GOMAXPROCS(processors)
	for _, name := range os.Args[2:] {
		for _, r := range rows {
			if r.name == name {
				m := r.measure(r.size)
				fmt.Printf("%s,%d,%d,%.2f,%.2f,%s\n", r.name, processors, m.ops,
					float64(m.elapsed.Nanoseconds())/float64(m.ops),
					float64(m.cpu.Nanoseconds())/float64(m.ops), m.extra)
			}
		}
	}
}
