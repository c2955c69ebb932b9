;; The loops that the reader's time goes into. Each has a twin in kernel.ts that gives the same, bit by bit: sums of
;; whole numbers are the same in any order, and the rest is one operation after another on 32-bit floats.
;; Places and strides are in bytes. Rows begin at multiples of 16. `$to` is where a row that is written ends.
(module
  (memory (export "memory") 88)

  ;; The totals of the lanes of four sums.
  (func $totals (param $a v128) (param $b v128) (param $c v128) (param $d v128) (result v128)
    (local.set $a (i32x4.add
      (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b))
      (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b))))
    (local.set $c (i32x4.add
      (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d))
      (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d))))
    (i32x4.add
      (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $a) (local.get $c))
      (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $a) (local.get $c))))

  ;; The total of four floats' lanes.
  (func $total (param $lanes v128) (result f32)
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $lanes)) (f32x4.extract_lane 2 (local.get $lanes)))
      (f32.add (f32x4.extract_lane 1 (local.get $lanes)) (f32x4.extract_lane 3 (local.get $lanes)))))

  ;; Writes the sum of `views` rows of a table of bytes, which `ids` names, for each of `rows`. `width`: a multiple of 8.
  (func (export "embed")
    (param $ids i32) (param $views i32) (param $rows i32) (param $table i32) (param $width i32) (param $out i32)
    (local $at i32) (local $view i32) (local $sum v128)
    (loop $nextRow
      (local.set $at (i32.const 0))
      (loop $more
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $view (i32.const 0))
        (loop $nextView
          (local.set $sum (i16x8.add (local.get $sum) (v128.load8x8_s
            (i32.add (i32.add (local.get $table) (local.get $at)) (i32.mul (local.get $width)
              (i32.load (i32.add (local.get $ids) (i32.shl (local.get $view) (i32.const 2)))))))))
          (br_if $nextView (i32.lt_u
            (local.tee $view (i32.add (local.get $view) (i32.const 1))) (local.get $views))))
        (v128.store (local.get $out) (local.get $sum))
        (local.set $out (i32.add (local.get $out) (i32.const 16)))
        (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $width))))
      (local.set $ids (i32.add (local.get $ids) (i32.shl (local.get $views) (i32.const 2))))
      (br_if $nextRow (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; out[r][c] = (out[r][c] & keep) + max(sum * (step * scales[c]) + bias[c], least), where `sum` is that of
  ;; x[r][i] * w[c][i] for i below `width`, a multiple of 8. Two rows and four columns at a time: what lies behind the
  ;; last row is read and written too. (More at a time, or a longer inner loop, are more than registers hold.)
  (func (export "dense")
    (param $x i32) (param $xStride i32) (param $rows i32) (param $width i32)
    (param $w i32) (param $wStride i32) (param $columns i32) (param $scales i32) (param $bias i32)
    (param $step f32) (param $least f32) (param $keep i32) (param $out i32) (param $outStride i32)
    (local $row i32) (local $from i32) (local $end i32) (local $to i32) (local $x0 i32) (local $x1 i32)
    (local $w0 i32) (local $w1 i32) (local $w2 i32) (local $w3 i32)
    (local $a v128) (local $b v128) (local $u v128)
    (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $a3 v128)
    (local $b0 v128) (local $b1 v128) (local $b2 v128) (local $b3 v128)
    (loop $nextColumns
      (local.set $row (i32.const 0))
      (local.set $from (local.get $x))
      (local.set $to (local.get $out))
      (loop $nextRows
        (local.set $x0 (local.get $from))
        (local.set $x1 (i32.add (local.get $x0) (local.get $xStride)))
        (local.set $from (i32.add (local.get $x1) (local.get $xStride)))
        (local.set $end (i32.add (local.get $x0) (i32.shl (local.get $width) (i32.const 1))))
        (local.set $w0 (local.get $w))
        (local.set $w1 (i32.add (local.get $w0) (local.get $wStride)))
        (local.set $w2 (i32.add (local.get $w1) (local.get $wStride)))
        (local.set $w3 (i32.add (local.get $w2) (local.get $wStride)))
        (local.set $a0 (v128.const i32x4 0 0 0 0))
        (local.set $a1 (local.get $a0)) (local.set $a2 (local.get $a0)) (local.set $a3 (local.get $a0))
        (local.set $b0 (local.get $a0)) (local.set $b1 (local.get $a0))
        (local.set $b2 (local.get $a0)) (local.set $b3 (local.get $a0))
        (loop $more
          (local.set $a (v128.load (local.get $x0)))
          (local.set $b (v128.load (local.get $x1)))
          (local.set $u (v128.load (local.get $w0)))
          (local.set $a0 (i32x4.add (local.get $a0) (i32x4.dot_i16x8_s (local.get $a) (local.get $u))))
          (local.set $b0 (i32x4.add (local.get $b0) (i32x4.dot_i16x8_s (local.get $b) (local.get $u))))
          (local.set $u (v128.load (local.get $w1)))
          (local.set $a1 (i32x4.add (local.get $a1) (i32x4.dot_i16x8_s (local.get $a) (local.get $u))))
          (local.set $b1 (i32x4.add (local.get $b1) (i32x4.dot_i16x8_s (local.get $b) (local.get $u))))
          (local.set $u (v128.load (local.get $w2)))
          (local.set $a2 (i32x4.add (local.get $a2) (i32x4.dot_i16x8_s (local.get $a) (local.get $u))))
          (local.set $b2 (i32x4.add (local.get $b2) (i32x4.dot_i16x8_s (local.get $b) (local.get $u))))
          (local.set $u (v128.load (local.get $w3)))
          (local.set $a3 (i32x4.add (local.get $a3) (i32x4.dot_i16x8_s (local.get $a) (local.get $u))))
          (local.set $b3 (i32x4.add (local.get $b3) (i32x4.dot_i16x8_s (local.get $b) (local.get $u))))
          (local.set $w0 (i32.add (local.get $w0) (i32.const 16)))
          (local.set $w1 (i32.add (local.get $w1) (i32.const 16)))
          (local.set $w2 (i32.add (local.get $w2) (i32.const 16)))
          (local.set $w3 (i32.add (local.get $w3) (i32.const 16)))
          (local.set $x1 (i32.add (local.get $x1) (i32.const 16)))
          (br_if $more (i32.lt_u (local.tee $x0 (i32.add (local.get $x0) (i32.const 16))) (local.get $end))))
        (local.set $a0 (call $totals (local.get $a0) (local.get $a1) (local.get $a2) (local.get $a3)))
        (local.set $b0 (call $totals (local.get $b0) (local.get $b1) (local.get $b2) (local.get $b3)))
        (local.set $u (f32x4.mul (f32x4.splat (local.get $step)) (v128.load (local.get $scales))))
        (v128.store (local.get $to) (f32x4.add
          (v128.and (v128.load (local.get $to)) (i32x4.splat (local.get $keep)))
          (f32x4.pmax
            (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (local.get $a0)) (local.get $u)) (v128.load (local.get $bias)))
            (f32x4.splat (local.get $least)))))
        (local.set $to (i32.add (local.get $to) (local.get $outStride)))
        (v128.store (local.get $to) (f32x4.add
          (v128.and (v128.load (local.get $to)) (i32x4.splat (local.get $keep)))
          (f32x4.pmax
            (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (local.get $b0)) (local.get $u)) (v128.load (local.get $bias)))
            (f32x4.splat (local.get $least)))))
        (local.set $to (i32.add (local.get $to) (local.get $outStride)))
        (br_if $nextRows (i32.lt_s (local.tee $row (i32.add (local.get $row) (i32.const 2))) (local.get $rows))))
      (local.set $w (i32.add (local.get $w) (i32.shl (local.get $wStride) (i32.const 2))))
      (local.set $scales (i32.add (local.get $scales) (i32.const 16)))
      (local.set $bias (i32.add (local.get $bias) (i32.const 16)))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (br_if $nextColumns (local.tee $columns (i32.sub (local.get $columns) (i32.const 4))))))

  ;; out[r] = gain * (values[r] less its mean) / its deviation + bias, for rows of `width` floats, a multiple of 4.
  (func (export "normalize")
    (param $values i32) (param $rows i32) (param $width i32) (param $gain i32) (param $bias i32) (param $out i32)
    (local $at i32) (local $end i32) (local $mean v128) (local $sum v128) (local $off v128)
    (local.set $end (i32.shl (local.get $width) (i32.const 2)))
    (loop $nextRow
      (local.set $sum (v128.const i32x4 0 0 0 0))
      (local.set $at (i32.const 0))
      (loop $more
        (local.set $sum (f32x4.add (local.get $sum) (v128.load (i32.add (local.get $values) (local.get $at)))))
        (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
      (local.set $mean (f32x4.splat
        (f32.div (call $total (local.get $sum)) (f32.convert_i32_s (local.get $width)))))
      (local.set $sum (v128.const i32x4 0 0 0 0))
      (local.set $at (i32.const 0))
      (loop $more
        (local.set $off (f32x4.sub (v128.load (i32.add (local.get $values) (local.get $at))) (local.get $mean)))
        (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul (local.get $off) (local.get $off))))
        (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
      (local.set $sum (f32x4.splat (f32.div (f32.const 1) (f32.sqrt (f32.add (f32.const 1e-5)
        (f32.div (call $total (local.get $sum)) (f32.convert_i32_s (local.get $width))))))))
      (local.set $at (i32.const 0))
      (loop $more
        (v128.store (i32.add (local.get $out) (local.get $at))
          (f32x4.add (v128.load (i32.add (local.get $bias) (local.get $at)))
            (f32x4.mul (v128.load (i32.add (local.get $gain) (local.get $at)))
              (f32x4.mul (local.get $sum)
                (f32x4.sub (v128.load (i32.add (local.get $values) (local.get $at))) (local.get $mean))))))
        (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
      (local.set $values (i32.add (local.get $values) (local.get $end)))
      (local.set $out (i32.add (local.get $out) (local.get $end)))
      (br_if $nextRow (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; Turns the scores of each row, with what stands at `distances` added (one place lower for each row), into shares of
  ;; `whole` by their powers of e: the nearest whole numbers. From `count` on shares are 0. `width`: a multiple of 8.
  (func (export "share")
    (param $scores i32) (param $rows i32) (param $count i32) (param $width i32) (param $distances i32)
    (param $whole f32) (param $out i32)
    (local $at i32) (local $end i32) (local $index v128) (local $most v128) (local $sum v128) (local $x v128)
    (local.set $end (i32.shl (local.get $width) (i32.const 2)))
    (loop $nextRow
      (local.set $index (v128.const i32x4 0 1 2 3))
      (local.set $most (f32x4.splat (f32.const -1e30)))
      (local.set $at (i32.const 0))
      (loop $more
        (local.set $x (v128.bitselect
          (f32x4.add (v128.load (i32.add (local.get $scores) (local.get $at)))
            (v128.load (i32.add (local.get $distances) (local.get $at))))
          (f32x4.splat (f32.const -1e30))
          (i32x4.lt_s (local.get $index) (i32x4.splat (local.get $count)))))
        (v128.store (i32.add (local.get $scores) (local.get $at)) (local.get $x))
        (local.set $most (f32x4.pmax (local.get $most) (local.get $x)))
        (local.set $index (i32x4.add (local.get $index) (v128.const i32x4 4 4 4 4)))
        (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
      (local.set $most (f32x4.splat (f32.max
        (f32.max (f32x4.extract_lane 0 (local.get $most)) (f32x4.extract_lane 1 (local.get $most)))
        (f32.max (f32x4.extract_lane 2 (local.get $most)) (f32x4.extract_lane 3 (local.get $most))))))
      (local.set $sum (v128.const i32x4 0 0 0 0))
      (local.set $at (i32.const 0))
      (loop $more
        (local.set $x (call $power (f32x4.sub (v128.load (i32.add (local.get $scores) (local.get $at))) (local.get $most))))
        (v128.store (i32.add (local.get $scores) (local.get $at)) (local.get $x))
        (local.set $sum (f32x4.add (local.get $sum) (local.get $x)))
        (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
      (local.set $sum (f32x4.splat (f32.div (local.get $whole) (call $total (local.get $sum)))))
      (local.set $at (i32.const 0))
      (loop $more
        (v128.store (local.get $out) (i16x8.narrow_i32x4_s
          (i32x4.trunc_sat_f32x4_s (f32x4.nearest (f32x4.mul (local.get $sum)
            (v128.load (i32.add (local.get $scores) (local.get $at))))))
          (i32x4.trunc_sat_f32x4_s (f32x4.nearest (f32x4.mul (local.get $sum)
            (v128.load offset=16 (i32.add (local.get $scores) (local.get $at))))))))
        (local.set $out (i32.add (local.get $out) (i32.const 16)))
        (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 32))) (local.get $end))))
      (local.set $scores (i32.add (local.get $scores) (local.get $end)))
      (local.set $distances (i32.sub (local.get $distances) (i32.const 4)))
      (br_if $nextRow (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; e to powers of at most 0: by the power of two, and a polynomial for what is left of it.
  (func $power (param $x v128) (result v128)
    (local $twos v128)
    (local.set $x (f32x4.mul (f32x4.splat (f32.const 1.4426950408889634))
      (f32x4.pmax (local.get $x) (f32x4.splat (f32.const -87)))))
    (local.set $twos (i32x4.trunc_sat_f32x4_s (f32x4.nearest (local.get $x))))
    (local.set $x (f32x4.mul (f32x4.splat (f32.const 0.6931471805599453))
      (f32x4.sub (local.get $x) (f32x4.convert_i32x4_s (local.get $twos)))))
    (f32x4.mul
      (i32x4.shl (i32x4.add (local.get $twos) (i32x4.splat (i32.const 127))) (i32.const 23))
      (f32x4.add (f32x4.splat (f32.const 1)) (f32x4.mul (local.get $x)
        (f32x4.add (f32x4.splat (f32.const 1)) (f32x4.mul (local.get $x)
          (f32x4.add (f32x4.splat (f32.const 0.5)) (f32x4.mul (local.get $x)
            (f32x4.add (f32x4.splat (f32.const 0.16666666666666666)) (f32x4.mul (local.get $x)
              (f32x4.add (f32x4.splat (f32.const 0.041666666666666664)) (f32x4.mul (local.get $x)
                (f32x4.splat (f32.const 0.008333333333333333))))))))))))))

  ;; The largest of `count` floats, a multiple of 8, without their signs. Two at a time, as one waits for the last.
  (func (export "most") (param $values i32) (param $count i32) (result f32)
    (local $most v128) (local $other v128) (local $end i32)
    (local.set $end (i32.add (local.get $values) (i32.shl (local.get $count) (i32.const 2))))
    (loop $more
      (local.set $most (f32x4.pmax (local.get $most) (f32x4.abs (v128.load (local.get $values)))))
      (local.set $other (f32x4.pmax (local.get $other) (f32x4.abs (v128.load offset=16 (local.get $values)))))
      (br_if $more (i32.lt_u (local.tee $values (i32.add (local.get $values) (i32.const 32))) (local.get $end))))
    (local.set $most (f32x4.pmax (local.get $most) (local.get $other)))
    (f32.max
      (f32.max (f32x4.extract_lane 0 (local.get $most)) (f32x4.extract_lane 1 (local.get $most)))
      (f32.max (f32x4.extract_lane 2 (local.get $most)) (f32x4.extract_lane 3 (local.get $most)))))

  ;; numbers[i] = values[i] * times, as the nearest whole number: the even one of two. `count` is a multiple of 8.
  (func (export "round") (param $values i32) (param $count i32) (param $times f32) (param $numbers i32)
    (local $factor v128) (local $end i32)
    (local.set $factor (f32x4.splat (local.get $times)))
    (local.set $end (i32.add (local.get $values) (i32.shl (local.get $count) (i32.const 2))))
    (loop $more
      (v128.store (local.get $numbers)
        (i16x8.narrow_i32x4_s
          (i32x4.trunc_sat_f32x4_s (f32x4.nearest (f32x4.mul (v128.load (local.get $values)) (local.get $factor))))
          (i32x4.trunc_sat_f32x4_s (f32x4.nearest (f32x4.mul (v128.load offset=16 (local.get $values)) (local.get $factor))))))
      (local.set $numbers (i32.add (local.get $numbers) (i32.const 16)))
      (br_if $more (i32.lt_u (local.tee $values (i32.add (local.get $values) (i32.const 32))) (local.get $end))))))
